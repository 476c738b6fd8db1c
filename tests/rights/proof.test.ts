import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../../scripts/support/client.ts';
import { policyIds } from '../../seeds/ids.ts';
import type { Action } from '../../seeds/rights/compile.ts';
import { rights } from '../../seeds/rights/index.ts';
import type { LimitedRole } from '../../seeds/rights/words.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hireCast, type Actor, type Cast } from './support/cast.ts';
import { checkCharter } from './support/charter.ts';
import { checkGraphql } from './support/graphql.ts';
import { differences, Facts } from './support/facts.ts';
import { Ledger } from './support/ledger.ts';
import { checkReads } from './support/reads.ts';
import { tryForbiddenWrites } from './support/refusals.ts';
import { tableNamed } from './support/schema.ts';
import { Planter } from './support/world.ts';

/** The matrix is worth something only if it fails: each test breaks one right on purpose and looks on. */
let directus: TestDirectus;
let cast: Cast;
let planter: Planter;

beforeAll(async () => {
	directus = await startDirectus({ CACHE_SCHEMA_FREEZE_ENABLED: 'true', LOG_LEVEL: 'silent' });
	cast = await hireCast(directus, [
		{ label: 'commercial', role: 'commercial' },
		{ label: 'commercial without team', role: 'commercial', bare: true },
		{ label: 'success', role: 'success' },
		{ label: 'manager', role: 'manager' },
	]);
	planter = new Planter(directus.database, cast);
	await planter.plantAll(0);
});
afterAll(() => directus.close());

const actor = (label: string): Actor => cast.actors.find((one) => one.label === label) ?? (cast.actors[0] as Actor);

/** Runs `work` while a permission says something else than the seeds, and returns what the matrix finds of it. */
async function broken(
	role: LimitedRole,
	collection: string,
	action: Action,
	change: object,
	work: (facts: Facts, ledger: Ledger) => Promise<void>,
): Promise<string[]> {
	const where = { policy: policyIds[role], collection, action };
	const row = (await directus.database('directus_permissions').where(where).first()) as { id: number };
	const [was] = await call<object[]>(directus.admin, 'GET', `/permissions`, undefined, {
		filter: { id: { _eq: row.id } },
		fields: 'permissions,validation,presets,fields',
	});
	const ledger = new Ledger();
	await call(directus.admin, 'PATCH', `/permissions/${row.id}`, change);
	try {
		await work(await Facts.read(directus.database), ledger);
	} finally {
		await call(directus.admin, 'PATCH', `/permissions/${row.id}`, was);
	}
	return ledger.report(5);
}
const reading = (label: string, name: string) => (facts: Facts, ledger: Ledger) =>
	checkReads({ url: directus.url, facts, ledger, actor: actor(label), table: tableNamed(name) });
const writing = (label: string, name: string) => async (facts: Facts, ledger: Ledger) => {
	await tryForbiddenWrites({ url: directus.url, facts, ledger, actor: actor(label), table: tableNamed(name), planter });
	for (const difference of differences(facts, await Facts.read(directus.database))) ledger.check(false, [label, name, 'database'], () => difference);
};

describe('the matrix notices', () => {
	test('nothing while nothing is broken', async () => {
		expect(await broken('commercial', 'leads', 'read', {}, reading('commercial', 'leads'))).toEqual([]);
	});

	test('that a salesperson reads the leads of another team', async () => {
		expect(await broken('commercial', 'leads', 'read', { permissions: null }, reading('commercial', 'leads'))).not.toEqual([]);
	});

	test('that a person without a team reads what has none', async () => {
		const loose = {
			permissions: { _or: [{ owner: { _eq: '$CURRENT_USER' } }, { user_created: { _eq: '$CURRENT_USER' } }, { team: { _eq: '$CURRENT_USER.team' } }] },
		};
		expect(await broken('commercial', 'leads', 'read', loose, reading('commercial', 'leads'))).toEqual([]);
		expect(await broken('commercial', 'leads', 'read', loose, reading('commercial without team', 'leads'))).not.toEqual([]);
	});

	test('that what a product costs is shown, over REST and GraphQL', async () => {
		expect(await broken('commercial', 'products', 'read', { fields: ['*'] }, reading('commercial', 'products'))).not.toEqual([]);
		const graphql = (facts: Facts, ledger: Ledger): Promise<void> => checkGraphql({ url: directus.url, facts, ledger, actor: actor('commercial') });
		expect(await broken('commercial', 'products', 'read', { fields: ['*'] }, graphql)).not.toEqual([]);
	});

	test('that a right is missing', async () => {
		expect(await broken('success', 'tickets', 'read', { permissions: { id: { _null: true } } }, reading('success', 'tickets'))).not.toEqual([]);
	});

	test('that a field is written that is not one’s own to write', async () => {
		expect(await broken('success', 'people', 'update', { fields: ['*'] }, writing('success', 'people'))).not.toEqual([]);
	});

	test('that a row of others can be changed', async () => {
		expect(await broken('commercial', 'opportunities', 'update', { permissions: null }, writing('commercial', 'opportunities'))).not.toEqual([]);
	});

	test('that a condition on new rows is passed by what is left out', async () => {
		expect(
			await broken('manager', 'targets', 'create', { presets: null, validation: { scope: { _in: ['team', 'person'] } } }, writing('manager', 'targets')),
		).not.toEqual([]);
	});

	test('a declaration that gives a salesperson the leads of another team', async () => {
		const table = rights.leads as unknown as Record<string, { read: object }>;
		const line = table['commercial'] as { read: object };
		const { read } = line;
		const ledger = new Ledger();
		line.read = {};
		try {
			checkCharter(await Facts.read(directus.database), ledger, actor('commercial'));
		} finally {
			line.read = read;
		}
		expect(ledger.report()).toEqual([expect.stringMatching(/^commercial · leads · charter read/)]);
	});
});
