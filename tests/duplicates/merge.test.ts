import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { everyRow, plant, pointersTo, type Plain } from './support.ts';

type Reached = Client & { url: URL };
type Merged = { pair: string; kept: string; gone: string; already: boolean; summary: string; moved: { collection: string; count: number }[] };
type Undone = { left: string[]; report: string };
type Line = { field: string; label: string; kept: string; gone: string; side: string; mayBoth: boolean; mine: boolean };
type Preview = {
	kept: { id: string };
	gone: { id: string };
	lines: Line[];
	counts: { collection: string; move: number; stay: number; label: string }[];
	faults: string[];
	warnings: string[];
	refusal: string | null;
	undoable: boolean;
};
type Kind = 'companies' | 'people' | 'leads';

let directus: TestDirectus;
let team: string;
let seller: { id: string; client: Reached };

const admin = (): Reached => directus.admin as Reached;
const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const read = (collection: string, id: string): Promise<Plain> => directus.database(collection).where({ id }).first() as Promise<Plain>;
const hire = async (role: string, over: Row = {}): Promise<{ id: string; client: Reached }> =>
	(await directus.hire(role, over)) as { id: string; client: Reached };
const pairOf = async (client: Reached, kind: Kind, a: string, b: string): Promise<string> => {
	const answer = await ask<{ id: string }>(client, 'POST', '/orchestre/duplicates', { kind, a, b });
	expect(answer).toMatchObject({ status: 200 });
	return answer.data?.id ?? '';
};
const merge = (client: Reached, pair: string, body: object = {}) => ask<Merged>(client, 'POST', `/orchestre/duplicates/${pair}/merge`, body);
const undo = (client: Reached, pair: string) => ask<Undone>(client, 'POST', `/orchestre/duplicates/${pair}/undo`);
const preview = (client: Reached, pair: string, keep = '') => ask<Preview>(client, 'GET', `/orchestre/duplicates/${pair}${keep && `?keep=${keep}`}`);
const name = (): string => `Atelier ${randomUUID().slice(0, 8)}`;

const recordOf: Record<Kind, () => Row> = {
	companies: () => ({ name: name(), owner: seller.id, team }),
	people: () => ({ first_name: 'Ana', last_name: name(), owner: seller.id, team }),
	leads: () => ({ first_name: 'Ana', last_name: name(), company_name: name(), status: 'contacted', owner: seller.id, team }),
};
const two = async (kind: Kind, mine: Row = {}, theirs: Row = {}): Promise<{ kept: string; gone: string; pair: string }> => {
	const kept = await create(kind, { ...recordOf[kind](), ...mine });
	const gone = await create(kind, { ...recordOf[kind](), ...theirs });
	// A new lead's owner is told after the answer: the notice, which moves as well, must be there before anything is counted.
	const announced = () => directus.database('jobs').whereIn('item', [kept, gone]).where({ kind: 'leads.announce', state: 'done' });
	if (kind === 'leads') await expect.poll(announced, { timeout: 10_000 }).toHaveLength(2);
	return { kept, gone, pair: await pairOf(admin(), kind, kept, gone) };
};

/** Stays with the record whose own history it is; and what this room keeps for itself. */
const stays: Record<Kind, string[]> = {
	companies: ['health_history.company', 'duplicate_pairs.company_a', 'duplicate_pairs.company_b'],
	people: ['duplicate_pairs.person_a', 'duplicate_pairs.person_b'],
	leads: ['lead_scores.lead', 'lead_status_changes.lead', 'duplicate_pairs.lead_a', 'duplicate_pairs.lead_b'],
};

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
});
afterAll(() => directus.close());
beforeEach(async () => {
	team = await create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
	const sells = { team, takes_leads: true, lead_capacity: 500, hired_on: '2020-01-06', languages: ['fr'] };
	seller = await hire('Commercial', sells);
});

describe.each(['companies', 'people', 'leads'] as const)('a merge of %s', (kind) => {
	it('moves every relation that the schema has, and an undo puts every row back', async () => {
		const { kept, gone, pair } = await two(kind);
		const pointers = pointersTo(kind).filter(({ table, field }) => !stays[kind].includes(`${table}.${field}`) && field !== 'merged_into');
		expect(pointers.length).toBeGreaterThanOrEqual(8);
		const planted: { table: string; field: string; id: string }[] = [];
		for (const { table, field } of pointers) planted.push({ table, field, id: await plantPointer(table, field, gone) });
		await directus.database('directus_comments').insert({ id: randomUUID(), collection: kind, item: gone, comment: 'Vu au salon', user_created: seller.id });
		const source = await plant(directus.database, 'source_records', { target_collection: kind, target_item: gone });
		const before = await everyRow(directus.database, ['lead_scores', 'lead_status_changes', 'workloads']);

		const counts = (await preview(seller.client, pair, kept)).data?.counts ?? [];
		const done = await merge(seller.client, pair, { keep: kept });
		expect(done).toMatchObject({ status: 200, errors: [], data: { kept, gone, already: false } });
		for (const { table, field, id } of planted)
			expect([table, field, ((await directus.database(table).where({ id }).first()) as Plain)[field]]).toEqual([table, field, kept]);
		expect((await read('source_records', source))['target_item']).toBe(kept);
		expect(await directus.database('directus_comments').where({ collection: kind, item: kept })).toHaveLength(1);
		expect(await read(kind, gone)).toMatchObject({ merged_into: kept });
		expect(Boolean((await read(kind, gone))['archived'])).toBe(true);
		// What the preview said is what was done.
		expect(done.data?.moved).toEqual(counts.filter(({ move }) => move > 0).map(({ collection, move }) => ({ collection, count: move })));
		// The history is the person's, with a revision for each row that moved.
		const task = planted.find(({ table }) => table === 'interactions' || table === 'opportunity_contacts')?.id ?? '';
		const trail = await directus.database('directus_activity').where({ item: task, action: 'update' }).pluck('user');
		if (task) expect(trail).toEqual([seller.id]);

		expect(await undo(seller.client, pair)).toMatchObject({ status: 200, data: { left: [], report: 'Fusion annulée : les deux fiches sont comme avant.' } });
		const after = await everyRow(directus.database, ['lead_scores', 'lead_status_changes', 'workloads']);
		for (const [row, text] of before) expect([row, after.get(row)]).toEqual([row, comparable(kind, row, text, after.get(row))]);
		expect([...after.keys()].filter((row) => !before.has(row))).toEqual([]);
	});

	it('fifty at once merge once, and all hear of the same', async () => {
		const { kept, gone, pair } = await two(kind);
		const answers = await Promise.all(Array.from({ length: 50 }, () => merge(seller.client, pair, { keep: kept })));
		expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
		expect(answers.filter(({ data }) => data?.already === false)).toHaveLength(1);
		expect(new Set(answers.map(({ data }) => `${data?.kept} ${data?.gone}`))).toEqual(new Set([`${kept} ${gone}`]));
		expect(await directus.database('directus_activity').where({ collection: 'duplicate_pairs', item: pair })).toHaveLength(1);
	});

	it('that fails half-way leaves nothing behind', async () => {
		const { kept, gone, pair } = await two(kind);
		await create('interactions', {
			kind: 'call',
			at: '2026-01-05T09:00:00Z',
			subject: 'Appel',
			[kind === 'companies' ? 'company' : kind === 'people' ? 'person' : 'lead']: gone,
		});
		const before = await everyRow(directus.database);
		// The very last statement of the merge is refused: all that came before it must go back with it.
		await directus.database('duplicate_pairs').where({ id: pair }).update({ label: 'fault' });
		await breakPairs(true);
		expect((await merge(seller.client, pair, { keep: kept })).status).toBe(500);
		await breakPairs(false);
		expect(await everyRow(directus.database)).toEqual(before);
		expect((await read('duplicate_pairs', pair))['state']).toBe('proposed');
	});
});

/** A score is made anew when a lead changes: its moment and the counters are the product's. Everything else is compared. */
function comparable(kind: Kind, row: string, before: string, after: string | undefined): string | undefined {
	if (kind !== 'leads' || !row.startsWith('leads ') || after === undefined) return before;
	const volatile = [
		'scored_at',
		'status_since',
		'closed_at',
		'treated_status',
		'points',
		'engagement_points',
		'fit_points',
		'grade',
		'reasons',
		'assignment',
		'sla_due_at',
		'first_contact_at',
	];
	const strip = (text: string): string => JSON.stringify((JSON.parse(text) as [string, unknown][]).filter(([column]) => !volatile.includes(column)));
	return strip(before) === strip(after) ? after : before;
}

async function plantPointer(table: string, field: string, id: string): Promise<string> {
	return plant(directus.database, table, { [field]: id });
}

async function breakPairs(on: boolean): Promise<void> {
	const { database } = directus;
	const isPg = String(database.client.config.client) !== 'sqlite3';
	if (!isPg) {
		await database.raw(
			on
				? `create trigger break_pairs before update on duplicate_pairs when new.state = 'merged' begin select raise(abort, 'broken'); end`
				: 'drop trigger break_pairs',
		);
		return;
	}
	await database.raw(
		on
			? `alter table duplicate_pairs add constraint break_pairs check (state <> 'merged') not valid`
			: 'alter table duplicate_pairs drop constraint break_pairs',
	);
}
