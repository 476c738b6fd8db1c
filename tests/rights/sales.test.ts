import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { each } from './support/ask.ts';
import { hireCast, type Cast } from './support/cast.ts';
import { Facts } from './support/facts.ts';
import { Ledger } from './support/ledger.ts';
import { checkReads } from './support/reads.ts';
import { tables } from './support/schema.ts';
import { Planter } from './support/world.ts';

let directus: TestDirectus;
let cast: Cast;
let facts: Facts;
const ledger = new Ledger();
beforeAll(async () => {
	directus = await startDirectus();
	console.time('plant');
	cast = await hireCast(directus, [
		{ label: 'direction', role: 'direction' },
		{ label: 'manager', role: 'manager' },
		{ label: 'commercial', role: 'commercial' },
	]);
	await new Planter(directus.database, cast).plantAll();
	facts = await Facts.read(directus.database);
	console.timeEnd('plant');
	console.log([...facts.rows].map(([k, v]) => `${k} ${v.size}`).join(', '));
});
afterAll(async () => {
	console.log([...((globalThis as unknown as { T: Map<string, [number, number]> }).T)].map(([k,[a,b]]) => `${k} n=${b} avg=${(a/b).toFixed(0)}`).join('\n'));
	ledger.print('sales', tables.size);
	await directus.close();
});

test('reads', async () => {
	const cells = cast.actors.flatMap((actor) => [...tables.values()].map((table) => ({ actor, table })));
	await each(cells, 6, ({ actor, table }) => checkReads({ url: directus.url, facts, ledger, actor, table }));
	expect(ledger.report()).toEqual([]);
}, 400_000);
