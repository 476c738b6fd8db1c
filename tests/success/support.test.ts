import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { advanceClock, now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { insert, snapshot } from './support.ts';

const minute = 60_000;
/** A Tuesday, 10:00 in Paris. */
const start = '2026-03-03T09:00:00Z';

let directus: TestDirectus;
let manager: { id: string; client: Client };
let nina: { id: string; client: Client };
let team: string;
let company: string;

beforeAll(async () => {
	directus = await startDirectus();
	manager = await directus.hire('Manager');
	team = (await call<{ id: string }>(directus.admin, 'POST', '/items/teams', { name: 'Support', kind: 'support', manager: manager.id })).id;
	nina = await directus.hire('Succès client', { first_name: 'Nina', last_name: 'Faure', team });
	company = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Atelier Noir', is_client: true })).id;
});
beforeEach(() => stopClock(start));
afterEach(async () => {
	resetClock();
	await directus.database('alerts').del();
	await directus.database('tickets').del();
	await directus.database('directus_notifications').del();
});
afterAll(() => directus.close());

const read = (id: string): Promise<Row> => call<Row>(directus.admin, 'GET', `/items/tickets/${id}`);
const change = (id: string, values: Row): Promise<unknown> => call(nina.client, 'PATCH', `/items/tickets/${id}`, values);
/** An urgent ticket of ten o'clock, due at two. Directus dates rows by its own clock: the row is dated past it, then treated again. */
async function newTicket(over: Row = {}): Promise<string> {
	const { id } = await call<{ id: string }>(nina.client, 'POST', '/items/tickets', {
		subject: 'Panne',
		priority: 'urgent',
		company,
		owner: nina.id,
		team,
		...over,
	});
	await directus.database('tickets').where({ id }).update({ date_created: now(), sla_due_at: null });
	await change(id, { priority: over['priority'] ?? 'urgent' });
	return id;
}
async function guard(): Promise<Row> {
	const host = await hostOf(directus);
	const ids = await enqueue(directus.database, [{ kind: 'success.sla', key: `success.sla:${randomUUID()}` }]);
	expect(tallyOf(await runJobs(host, { ids }))).toMatchObject({ done: 1, reasons: [] });
	const { result } = (await directus.database('jobs').where({ id: ids[0] }).first('result')) as { result: string | Row };
	return typeof result === 'string' ? (JSON.parse(result) as Row) : result;
}
const alerts = (ticket: string): Promise<Row[]> => directus.database('alerts').where({ ticket }).orderBy('date_created').orderBy('severity', 'desc') as unknown as Promise<Row[]>; // prettier-ignore
const told = async (): Promise<[string, string][]> =>
	((await directus.database('directus_notifications').where({ collection: 'tickets' }).orderBy('id')) as { recipient: string; subject: string }[]).map(
		({ recipient, subject }) => [recipient, subject],
	);
const dueAt = (row: Row): string => new Date(String(row['sla_due_at'])).toISOString();

test('a ticket gets its deadline in the transaction that makes it, by priority and the client’s support level', async () => {
	resetClock();
	const { id } = await call<{ id: string }>(nina.client, 'POST', '/items/tickets', { subject: 'Merci pour votre aide', company });
	const row = await read(id);
	expect(row['sla_due_at']).not.toBeNull();
	expect(row).toMatchObject({ sla_state: 'running', sentiment: 'positive' });
	stopClock(start);
	expect(dueAt(await read(await newTicket()))).toBe('2026-03-03T13:00:00.000Z');
	await call(directus.admin, 'PATCH', `/items/companies/${company}`, { support_level: 'premium' });
	expect(dueAt(await read(await newTicket()))).toBe('2026-03-03T11:00:00.000Z');
	await call(directus.admin, 'PATCH', `/items/companies/${company}`, { support_level: 'standard' });
	expect((await ask(directus.admin, 'PATCH', `/items/tickets/${id}`, { sla_due_at: '2027-01-01T00:00:00Z' })).status).toBe(400);
});

test('waiting for the client stops the clock; an answer to the client is the first response', async () => {
	const id = await newTicket();
	advanceClock(30 * minute);
	await call(nina.client, 'POST', '/items/interactions', { kind: 'email', direction: 'inbound', at: now().toISOString(), ticket: id });
	expect(await read(id)).toMatchObject({ first_response_at: null });
	await call(nina.client, 'POST', '/items/interactions', { kind: 'email', direction: 'outbound', at: now().toISOString(), ticket: id });
	expect(await read(id)).toMatchObject({ first_response_minutes: 30 });
	await change(id, { status: 'waiting_client' });
	advanceClock(26 * 60 * minute);
	expect(await guard()).toMatchObject({ warned: 0, breached: 0 });
	await change(id, { status: 'in_progress' });
	// Three and a half hours were left at 10:30 on Tuesday, and are at 12:30 on Wednesday.
	expect(dueAt(await read(id))).toBe('2026-03-04T15:00:00.000Z');
	await change(id, { status: 'resolved', resolution: 'Redémarré' });
	expect(await read(id)).toMatchObject({ sla_state: 'met', resolution_minutes: 30, first_response_minutes: 30 });
});

test('warns the owner before the deadline, alerts once when it is passed, then tells the manager, each once', async () => {
	const id = await newTicket();
	advanceClock(179 * minute);
	expect(await guard()).toMatchObject({ warned: 0 });
	advanceClock(minute);
	expect(await guard()).toMatchObject({ warned: 1 });
	expect(await read(id)).toMatchObject({ sla_state: 'at_risk' });
	expect(await told()).toEqual([[nina.id, 'Délai bientôt dépassé : Panne']]);
	advanceClock(75 * minute);
	expect(await guard()).toMatchObject({ breached: 1, escalated: 0 });
	expect(await alerts(id)).toMatchObject([
		{ severity: 'warning', state: 'done' },
		{ severity: 'critical', state: 'open', assignee: nina.id, reason: 'Le ticket de Atelier Noir (priorité urgente) devait être résolu avant le 3 mars 2026 à 14 h 00.' }, // prettier-ignore
	]);
	advanceClock(60 * minute);
	expect(await guard()).toMatchObject({ breached: 0, escalated: 1 });
	const tables = ['tickets', 'alerts', 'directus_notifications', 'directus_activity'];
	const before = await snapshot(directus.database, tables);
	expect(await guard()).toMatchObject({ changed: 0, warned: 0, breached: 0, escalated: 0 });
	expect(await snapshot(directus.database, tables)).toBe(before);
	expect((await told()).map(([recipient]) => recipient)).toEqual([nina.id, nina.id, manager.id]);
	await change(id, { status: 'resolved' });
	expect(await read(id)).toMatchObject({ sla_state: 'missed' });
	expect((await alerts(id)).map(({ state }) => state)).toEqual(['done', 'done']);
});

test('a ticket without owner is told to whoever answers for it, and a new deadline is a new episode', async () => {
	const id = await newTicket({ owner: null });
	advanceClock(5 * 60 * minute);
	await guard();
	expect(await told()).toEqual(expect.arrayContaining([[manager.id, 'Délai dépassé : Panne']]));
	await change(id, { priority: 'low' });
	expect(await read(id)).toMatchObject({ sla_state: 'running' });
	expect((await alerts(id)).map(({ state }) => state)).toEqual(['done']);
	await change(id, { priority: 'urgent' });
	await guard();
	// Back to the deadline that was alerted already: nobody is told twice.
	expect(await alerts(id)).toHaveLength(1);
});

test('an unanswered call, one from before the ticket and one that is planned are no first response', async () => {
	const id = await newTicket();
	advanceClock(30 * minute);
	const phone = (over: Row) =>
		call(nina.client, 'POST', '/items/interactions', { kind: 'call', direction: 'outbound', at: now().toISOString(), ticket: id, ...over });
	await phone({ outcome: 'no_answer' });
	await phone({ at: '2026-03-01T09:00:00Z' });
	await phone({ at: '2026-03-09T09:00:00Z' });
	expect(await read(id)).toMatchObject({ first_response_at: null });
	await phone({ outcome: 'reached' });
	expect(await read(id)).toMatchObject({ first_response_minutes: 30 });
});

test('a late ticket that is archived leaves no alert, and one that is solved late stays late whatever its priority becomes', async () => {
	const [archived, solved] = [await newTicket(), await newTicket()];
	advanceClock(5 * 60 * minute);
	await guard();
	await call(directus.admin, 'PATCH', `/items/tickets/${archived}`, { archived: true });
	expect((await alerts(archived)).map(({ state }) => state)).toEqual(['done']);
	await change(solved, { status: 'resolved', resolution: 'Redémarré' });
	await change(solved, { priority: 'low' });
	expect(await read(solved)).toMatchObject({ sla_state: 'missed' });
});

test('a ticket that came in with a deadline of its own gets a new one with its first change of priority', async () => {
	const [id = ''] = await insert(directus.database, 'tickets', [
		{ subject: 'Repris', company, status: 'new', priority: 'low', kind: 'incident', channel: 'email', date_created: now(), sla_due_at: new Date('2026-03-20T09:00:00Z') },
	]); // prettier-ignore
	await change(id, { subject: 'Repris d’avant' });
	expect(dueAt(await read(id))).toBe('2026-03-20T09:00:00.000Z');
	await directus.database('tickets').where({ id }).update({ sla_basis: null });
	await change(id, { priority: 'urgent' });
	expect(dueAt(await read(id))).toBe('2026-03-03T13:00:00.000Z');
});

test('a priority, a status or a support level that is no choice is refused in French at its field', async () => {
	const id = await newTicket();
	const refused = async (path: string, values: Row): Promise<unknown> => {
		const { status, errors } = await ask(directus.admin, 'PATCH', path, values);
		return [status, errors?.[0]?.extensions?.['field'], errors?.[0]?.message];
	};
	expect(await refused(`/items/tickets/${id}`, { priority: 'foo' })).toEqual([400, 'priority', '« Priorité » ne peut pas être « foo ».']);
	expect(await refused(`/items/tickets/${id}`, { status: 'foo' })).toEqual([400, 'status', expect.stringContaining('« foo »')]);
	expect(await refused(`/items/companies/${company}`, { support_level: 'foo' })).toEqual([400, 'support_level', expect.stringContaining('« foo »')]);
	expect((await ask(directus.admin, 'POST', '/items/tickets', { subject: 'Panne', company, priority: 'foo' })).status).toBe(400);
	expect(await read(id)).toMatchObject({ priority: 'urgent', status: 'new' });
});

test('fifty guards at once alert once', async () => {
	const id = await newTicket();
	advanceClock(5 * 60 * minute);
	await Promise.all(Array.from({ length: 50 }, () => guard()));
	expect((await alerts(id)).filter(({ severity }) => severity === 'critical')).toHaveLength(1);
	expect((await told()).filter(([, subject]) => subject.startsWith('Délai dépassé'))).toHaveLength(1);
});
