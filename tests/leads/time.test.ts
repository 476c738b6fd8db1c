import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { advanceClock, now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { count, hireSalesPeople, newLead, readLead, sumOf } from './support.ts';

const day = 86_400_000;
const monday = '2026-11-23T09:00:00Z';

let directus: TestDirectus;
let people: string[];

beforeAll(async () => {
	directus = await startDirectus();
	people = await hireSalesPeople(directus.admin, 2, 50);
});
afterEach(resetClock);
afterAll(() => directus.close());

const create = async (over: Record<string, unknown> = {}): Promise<string> =>
	(await call<{ id: string }>(directus.admin, 'POST', '/items/leads', newLead(over))).id;

/** What the schedule of a flow does: one job for this moment, run at once. */
async function run(kind: string): Promise<void> {
	const host = await hostOf(directus);
	const [id] = await enqueue(directus.database, [{ kind, key: `${kind}:test:${now().getTime()}` }]);
	const tally = tallyOf(await runJobs(host, { ids: id ? [id] : [] }));
	expect(tally.reasons).toEqual([]);
	await runJobs(host, {
		kind: 'leads.rescore',
		ids: ((await directus.database('jobs').where({ kind: 'leads.rescore', state: 'waiting' }).select('id')) as { id: string }[]).map((row) => row.id),
	});
}

test('a lead that nobody contacts is recalled to its owner, then passed on with its tasks, and each is told once', async () => {
	stopClock(monday);
	const id = await create();
	const first = await readLead(directus.admin, id);
	const other = people.find((user) => user !== first.owner);

	advanceClock(10 * day);
	await run('leads.escalate');
	await run('leads.escalate');
	const reminded = await readLead(directus.admin, id);
	expect(reminded.owner).toBe(first.owner);
	expect(reminded.tasks.filter(({ priority }) => priority === 'urgent').length).toBeGreaterThan(0);
	expect(reminded.tasks).toHaveLength(first.tasks.length);
	expect(await count(directus.database, 'directus_notifications', { item: id, recipient: first.owner, subject: `Délai dépassé : ${first.display_name}` })).toBe(
		1,
	);

	advanceClock(day);
	await run('leads.escalate');
	const passedOn = await readLead(directus.admin, id);
	expect(passedOn.owner).toBe(other);
	expect(passedOn.assignment.kind).toBe('escalation');
	expect(passedOn.tasks.every(({ assignee }) => assignee === other)).toBe(true);

	advanceClock(day);
	await run('leads.escalate');
	expect((await readLead(directus.admin, id)).owner).toBe(other);
});

test('nobody is recalled outside working hours, and a lead that waits for an owner gets one as soon as somebody is free', async () => {
	stopClock(monday);
	const id = await create();
	await directus.database('workloads').update({ open_leads: 50 });
	const waiting = await create();
	expect((await readLead(directus.admin, waiting)).owner).toBeNull();
	expect((await readLead(directus.admin, waiting)).team).not.toBeNull();

	stopClock('2026-12-05T03:00:00Z');
	await directus.database('workloads').update({ open_leads: 3 });
	await run('leads.escalate');
	expect((await readLead(directus.admin, id)).escalation_level).toBe(0);
	expect((await readLead(directus.admin, waiting)).owner).not.toBeNull();
});

test('a lead that was contacted is left in peace', async () => {
	stopClock(monday);
	const id = await create();
	await call(directus.admin, 'POST', '/items/interactions', { lead: id, kind: 'call', direction: 'outbound', subject: 'Appel', at: now().toISOString() });
	advanceClock(20 * day);
	await run('leads.escalate');
	expect((await readLead(directus.admin, id)).escalation_level).toBe(0);
});

test('interest fades with time, the history says why, and fit stays', async () => {
	stopClock(monday);
	const id = await create({ demo_requested_at: monday, pricing_viewed_at: monday });
	const fresh = await readLead(directus.admin, id);
	advanceClock(45 * day);
	await run('leads.decay');
	const later = await readLead(directus.admin, id);
	expect(later.engagement_points).toBeLessThan(fresh.engagement_points);
	expect(later.fit_points).toBe(fresh.fit_points);
	expect(sumOf(later)).toBe(later.points);
	expect(later.scores.map(({ cause }) => cause).toSorted()).toEqual(['created', 'decay']);
});

test('a lead that came in past the product is treated by the sweep', async () => {
	const id = '5b0f6b0e-0000-4000-8000-00000000f00d';
	await directus.database('leads').insert({ id, last_name: 'Passée', company_name: 'Sous le radar', status: 'new', date_created: now() });
	await run('leads.escalate');
	const lead = await readLead(directus.admin, id);
	expect(lead.owner).not.toBeNull();
	expect(lead.tasks.length).toBeGreaterThan(1);
});

test('counters that somebody spoilt are right again after the night', async () => {
	await create();
	await directus.database('workloads').update({ open_leads: 7 });
	advanceClock(1000);
	await run('leads.decay');
	for (const user of people) {
		const row = (await directus.database('workloads').where({ user }).first('open_leads')) as { open_leads: number };
		expect(row.open_leads).toBe(await count(directus.database, 'leads', { counted_for: user, counted_as: 'open' }));
	}
});
