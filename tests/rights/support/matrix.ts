import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDirectus, type TestDirectus } from '../../support/directus.ts';
import { tryAllowedWrites } from './allowances.ts';
import { each } from './ask.ts';
import { hireCast, type Cast, type Part } from './cast.ts';
import { checkCharter } from './charter.ts';
import { differences, Facts } from './facts.ts';
import { checkGraphql, tryForgedMutations } from './graphql.ts';
import { Ledger } from './ledger.ts';
import { checkReads, type Asked } from './reads.ts';
import { tryForbiddenWrites, tryNestedWrites } from './refusals.ts';
import { tables } from './schema.ts';
import { Planter } from './world.ts';

/** What every request touches by itself. */
const untracked = new Set(['last_access', 'last_page', 'date_updated', 'user_updated']);

/** The matrix for a group of callers, as tests of the file that calls it. */
export function matrixOf(name: string, parts: readonly Part[]): void {
	const ledger = new Ledger();
	let directus: TestDirectus;
	let cast: Cast;
	let planter: Planter;
	let facts: Facts;
	const cells = (): Asked[] => cast.actors.flatMap((actor) => [...tables.values()].map((table) => ({ url: directus.url, facts, ledger, actor, table })));

	beforeAll(async () => {
		// Without it Directus copies the whole schema for every request: two thirds of the matrix's time.
		directus = await startDirectus({ CACHE_SCHEMA_FREEZE_ENABLED: 'true', LOG_LEVEL: 'silent', ORCHESTRE_WORKER: 'false' });
		cast = await hireCast(directus, parts);
		planter = new Planter(directus.database, cast);
		await planter.plantAll();
		facts = await Facts.read(directus.database);
	});
	afterAll(async () => {
		ledger.print(name, tables.size);
		await directus.close();
	});
	const found = (): string[] => {
		const faults = ledger.report();
		ledger.faults.length = 0;
		return faults;
	};

	test(`${name} are declared what they were promised`, () => {
		for (const actor of cast.actors) checkCharter(facts, ledger, actor);
		expect(found()).toEqual([]);
	});

	test(`${name} read what is declared, on every way`, async () => {
		await each(cells(), 8, checkReads);
		expect(found()).toEqual([]);
	}, 300_000);

	test(`${name} are offered by GraphQL what is declared`, async () => {
		await each(cast.actors, 2, (actor) => checkGraphql({ url: directus.url, facts, ledger, actor }));
		expect(found()).toEqual([]);
	}, 300_000);

	test(`${name} write nothing that is not declared: not a value in the database differs afterwards`, async () => {
		await each(cells(), 8, async (cell) => {
			await tryForbiddenWrites({ ...cell, planter });
			await tryNestedWrites({ ...cell, planter });
		});
		for (const actor of cast.actors) await tryForgedMutations({ url: directus.url, facts, ledger, actor });
		expect(found()).toEqual([]);
		expect(differences(facts, await Facts.read(directus.database), untracked)).toEqual([]);
	}, 300_000);

	test(`${name} write what is declared`, async () => {
		await each(cells(), 4, (cell) => tryAllowedWrites({ ...cell, planter }, () => Facts.read(directus.database)));
		expect(found()).toEqual([]);
	}, 300_000);
}
