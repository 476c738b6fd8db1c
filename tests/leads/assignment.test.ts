import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../../scripts/support/client.ts';
import { dayFromToday } from '../support/days.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { count, hireSalesPeople, newLead, readLead, type LeadResult } from './support.ts';

let directus: TestDirectus;
let people: string[];

beforeAll(async () => {
	directus = await startDirectus();
	people = await hireSalesPeople(directus.admin, 5, 8);
});
afterAll(() => directus.close());

const ownersOf = async (ids: string[]): Promise<(string | null)[]> =>
	((await directus.database('leads').whereIn('id', ids).select('owner')) as { owner: string | null }[]).map(({ owner }) => owner);

async function expectCountersTrue(): Promise<void> {
	for (const user of people) {
		const open = await directus.database('leads').where({ owner: user }).whereIn('status', ['new', 'contacted', 'qualified']).count({ n: '*' });
		const row = (await directus.database('workloads').where({ user }).first('open_leads')) as { open_leads: number };
		expect(row.open_leads).toBe(Number((open as { n: number }[])[0]?.n));
	}
}

test('fifty leads created at once never overrun a last free slot, and the rest say that nobody is free', async () => {
	const ids = (await Promise.all(Array.from({ length: 50 }, () => call<{ id: string }>(directus.admin, 'POST', '/items/leads', newLead())))).map(
		({ id }) => id,
	);
	const owners = await ownersOf(ids);
	for (const user of people) expect(owners.filter((owner) => owner === user)).toHaveLength(8);
	expect(owners.filter((owner) => owner === null)).toHaveLength(10);
	const unassigned = await call<LeadResult[]>(directus.admin, 'GET', '/items/leads', undefined, { 'filter[owner][_null]': 'true', limit: 1 });
	expect(unassigned[0]?.assignment.candidates.every(({ excluded }) => excluded !== null)).toBe(true);
	await expectCountersTrue();
});

test('a closed lead frees its slot, and the next change of a waiting one takes it', async () => {
	const taken = (await directus
		.database('leads')
		.where({ owner: people[0] ?? '' })
		.first('id')) as { id: string };
	const waiting = (await directus.database('leads').whereNull('owner').first('id')) as { id: string };
	await call(directus.admin, 'PATCH', `/items/leads/${taken.id}`, { status: 'lost', lost_reason: 'no_budget' });
	await call(directus.admin, 'PATCH', `/items/leads/${waiting.id}`, { city: 'Nantes' });
	expect((await readLead(directus.admin, waiting.id)).owner).toBe(people[0]);
	expect((await readLead(directus.admin, taken.id)).tasks.every(({ status }) => status === 'cancelled')).toBe(true);
	expect(await count(directus.database, 'lead_status_changes', { lead: taken.id, from_status: 'new', to_status: 'lost' })).toBe(1);
	await expectCountersTrue();
});

test('an owner chosen by hand is kept, recorded as such, and the open tasks go along', async () => {
	const lead = (await directus
		.database('leads')
		.where({ owner: people[1] ?? '' })
		.first('id')) as { id: string };
	await call(directus.admin, 'PATCH', `/items/leads/${lead.id}`, { owner: people[2] });
	const after = await readLead(directus.admin, lead.id);
	expect(after.owner).toBe(people[2]);
	expect(after.assignment.kind).toBe('manual');
	expect(after.tasks.every(({ assignee }) => assignee === people[2])).toBe(true);
	await expectCountersTrue();
});

test('deleting leads and people leaves true counters', async () => {
	const leads = (await directus
		.database('leads')
		.where({ owner: people[3] ?? '' })
		.limit(3)
		.select('id')) as { id: string }[];
	await call(
		directus.admin,
		'DELETE',
		'/items/leads',
		leads.map(({ id }) => id),
	);
	await expectCountersTrue();
	const gone = people.pop() as string;
	const orphan = (await directus.database('leads').where({ owner: gone }).first('id')) as { id: string };
	await call(directus.admin, 'DELETE', `/users/${gone}`);
	await call(directus.admin, 'PATCH', `/items/leads/${orphan.id}`, { city: 'Brest' });
	expect(people).toContain((await readLead(directus.admin, orphan.id)).owner);
	await expectCountersTrue();
});

test('somebody absent gets nothing from the moment the absence is entered', async () => {
	const [absent, ...others] = await hireSalesPeople(directus.admin, 2, 50);
	await call(directus.admin, 'POST', '/items/absences', { user: absent, starts_on: dayFromToday(-1), ends_on: dayFromToday(20) });
	const ids = (
		await call<{ id: string }[]>(
			directus.admin,
			'POST',
			'/items/leads',
			Array.from({ length: 10 }, () => newLead()),
		)
	).map(({ id }) => id);
	const owners = await ownersOf(ids);
	expect(owners).not.toContain(absent);
	expect(owners).toContain(others[0]);
});

test('of ten leads with one address that come at the same moment, nine are flagged as doubles', async () => {
	const same = { email: 'ensemble@meme-instant.example' };
	const sent = await Promise.all(Array.from({ length: 10 }, () => call<{ id: string }>(directus.admin, 'POST', '/items/leads', newLead(same))));
	const ids = sent.map(({ id }) => id);
	const rows = (await directus.database('leads').whereIn('id', ids).select('duplicate_of')) as { duplicate_of: string | null }[];
	expect(rows.filter(({ duplicate_of: of }) => of !== null && ids.includes(of))).toHaveLength(9);
});
