import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { kpiId } from '../../extensions/orchestre/src/analytics/kpis/ids.ts';
import { hashOf } from '../../extensions/orchestre/src/analytics/reports/pdf/render.ts';
import type { Report } from '../../extensions/orchestre/src/analytics/reports/types.ts';
import { storedDay } from '../../extensions/orchestre/src/platform/columns.ts';
import { resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { parseJson } from '../../extensions/orchestre/src/platform/directus.ts';
import { enqueue, runDueJobs } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { dayOf } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { mailEnvironment, openMailbox, type Mailbox } from '../support/mailbox.ts';

type Hired = { id: string; client: Client & { url: URL } };

/** A Monday, 7:00 in Paris: the week of 16 November is over, the month runs. */
const monday = '2026-11-23T06:00:00Z';
const day = (iso: string): Date => storedDay(dayOf(iso) ?? 0);
const week = { period_kind: 'week', period_start: day('2026-11-16'), period_end: day('2026-11-22') };

let directus: TestDirectus;
let mailbox: Mailbox;
let people: Record<'sofia' | 'theo' | 'nadia' | 'helene' | 'karim', Hired>;
let team: string;
const signed = kpiId('ca_signe');
const automated = kpiId('taux_automatisation');

async function newResult(kpi: string, over: Record<string, unknown>): Promise<void> {
	const result = { id: randomUUID(), kpi, ...week, sample_size: 4, definition_version: 1, computed_at: new Date(monday), ...over };
	await directus.database('performance').insert(result);
}

beforeAll(async () => {
	mailbox = await openMailbox();
	directus = await startDirectus({
		ORCHESTRE_WORKER: 'false',
		...mailEnvironment(mailbox, 'rapports@maison.example.com'),
		PUBLIC_URL: 'https://orchestre.example',
	});
	const { database, hire } = directus;
	team = (await call<{ id: string }>(directus.admin, 'POST', '/items/teams', { name: 'Commerce Sud', kind: 'sales' })).id;
	people = {
		sofia: (await hire('Commercial', { first_name: 'Sofia', last_name: 'Ferreira', email: 'sofia@maison.example.com', team })) as Hired,
		theo: (await hire('Commercial', { first_name: 'Théo', last_name: 'Marchand', email: 'theo@maison.example.com', team })) as Hired,
		nadia: (await hire('Manager', { first_name: 'Nadia', last_name: 'Belkacem', email: 'nadia@maison.example.com', team })) as Hired,
		helene: (await hire('Direction', { first_name: 'Hélène', last_name: 'Castaing', email: 'helene@maison.example.com' })) as Hired,
		karim: (await hire('Opérations', { first_name: 'Karim', last_name: 'Haddad', email: 'karim@maison.example.com' })) as Hired,
	};
	await database('kpis').where({ id: automated }).update({ baseline: 1000, baseline_source: 'Relevé de mai' });
	for (const role of ['Commercial', 'Manager', 'Direction']) {
		const { id: roleId } = (await database('directus_roles').where({ name: role }).first('id')) as { id: string };
		await database('dashboards').where({ role: roleId }).delete();
		const cockpit = randomUUID();
		await database('dashboards').insert({ id: cockpit, name: role, status: 'active', role: roleId, period: 'month', comparison: 'previous', scope: 'person' });
		await database('dashboard_kpis').insert({ id: randomUUID(), dashboard: cockpit, kpi: signed, display: 'figure', sort: 1 });
	}
	await newResult(signed, {
		scope: 'person',
		scope_key: people.sofia.id,
		owner: people.sofia.id,
		team,
		value: 6_500_000,
		previous: 5_200_000,
		target: 8_000_000,
	});
	await newResult(signed, { scope: 'person', scope_key: people.theo.id, owner: people.theo.id, team, value: 1_100_000 });
	await newResult(signed, { scope: 'team', scope_key: team, team, value: 7_600_000 });
	const month = { period_kind: 'month', period_start: day('2026-10-01'), period_end: day('2026-10-31'), scope: 'company', scope_key: 'company' };
	await newResult(signed, { ...month, value: 31_000_000 });
	await newResult(automated, { ...month, value: 6350, target: 7000 });
}, 240_000);
afterAll(async () => {
	await directus?.close();
	await mailbox?.close();
});
beforeEach(() => {
	stopClock(monday);
	mailbox.mails.length = 0;
	mailbox.behave('accept');
});
afterEach(resetClock);

let turns = 0;
/** What the schedule does of a morning. */
async function morning(): Promise<void> {
	await enqueue(directus.database, [{ kind: 'reports.plan', key: `reports.plan:${(turns += 1)}` }]);
	// A plan makes reports, and reports their messages.
	for (const _ of [1, 2, 3]) await runDueJobs(await hostOf(directus));
}
const reports = async (): Promise<Row[]> => (await directus.database('reports').orderBy(['kind', 'owner'])) as Row[];
const reportOf = async (owner: string, kind: string): Promise<Row> => (await directus.database('reports').where({ owner, kind }).first()) as Row;
const press = (who: Hired, body: Row) =>
	ask<Row>(who.client, 'POST', '/flows/trigger/7b000000-0000-4000-8000-000000000001', { collection: 'reports', keys: [], ...body });

describe('of a Monday morning', () => {
	test('everybody gets the report of their role, once, with the figures that they may see', async () => {
		await morning();
		expect((await reports()).filter(({ owner }) => Object.values(people).some(({ id }) => id === owner)).map(({ kind, status }) => [kind, status])).toEqual([
			['gains', 'sent'],
			['monthly_management', 'sent'],
			['weekly_sales', 'sent'],
			['weekly_sales', 'sent'],
			['weekly_team', 'sent'],
		]);
		const mail = mailbox.mails.find(({ to }) => to.includes('sofia@maison.example.com'));
		expect(mail?.subject).toBe('Semaine commerciale : Semaine du 16/11/2026');
		expect(mail?.text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain('CA signé : 65 000 €, +25 % (contre 52 000 €), 81 % de l’objectif (80 000 €)');
		expect(mail?.attachments.map(({ name, type }) => [name, type])).toEqual([['semaine-commerciale-2026-11-16.pdf', 'application/pdf']]);
		expect(mail?.attachments[0]?.content.subarray(0, 5).toString()).toBe('%PDF-');
		const of = async (who: Hired, kind: string): Promise<(number | null)[]> =>
			parseJson<Report>((await reportOf(who.id, kind))['figures']).figures.map(({ value }) => value);
		expect(await of(people.theo, 'weekly_sales')).toEqual([1_100_000]);
		expect(await of(people.nadia, 'weekly_team')).toEqual([7_600_000]);
		expect(await of(people.helene, 'monthly_management')).toEqual([31_000_000]);

		const before = await reports();
		mailbox.mails.length = 0;
		await morning();
		expect(await reports()).toEqual(before);
		expect(mailbox.mails).toHaveLength(0);
	});

	test('the figures stay as they were told, whatever becomes of the KPI', async () => {
		const before = await reportOf(people.sofia.id, 'weekly_sales');
		await directus.database('performance').where({ owner: people.sofia.id }).update({ value: 1 });
		const after = await reportOf(people.sofia.id, 'weekly_sales');
		expect(after['figures']).toEqual(before['figures']);
		expect(after['figures_sha256']).toBe(hashOf(parseJson<Report>(after['figures'])));
		const { status } = await ask(directus.admin as Hired['client'], 'PATCH', `/items/reports/${String(after['id'])}`, { title: 'Mieux' });
		expect(status).toBe(403);
		await directus.database('performance').where({ owner: people.sofia.id }).update({ value: 6_500_000 });
	});

	test('a report and its file are their reader’s, and Direction’s', async () => {
		const { id, file } = await reportOf(people.sofia.id, 'weekly_sales');
		const sees = async (who: Hired): Promise<[number, number]> => [
			(await ask(who.client, 'GET', `/items/reports/${String(id)}`)).status,
			(await fetch(new URL(`/assets/${String(file)}`, who.client.url), { headers: { authorization: `Bearer ${(await who.client.getToken()) ?? ''}` } })).status,
		];
		expect(await sees(people.sofia)).toEqual([200, 200]);
		expect(await sees(people.helene)).toEqual([200, 200]);
		expect(await sees(people.theo)).toEqual([403, 403]);
		// Who leads the team sees its figures, not what was written to its people: a row whose file is closed would be a dead link.
		expect(await sees(people.nadia)).toEqual([403, 403]);
		expect(await sees(people.karim)).toEqual([403, 403]);
	});

	test('the gains say where the company stood, what it aims at and what is measured', async () => {
		const { gains } = parseJson<Report>((await reportOf(people.helene.id, 'gains'))['figures']);
		expect(gains.find(({ name }) => name === 'Taux d’automatisation')).toMatchObject({
			promise: 'Automatisation : 70 % des tâches en 6 mois',
			baseline: 1000,
			baselineSource: 'Relevé de mai',
			target: 7000,
			value: 6350,
			cases: 4,
		});
	});

	test('a mail server that takes the message and falls silent brings no second one by itself', async () => {
		await directus.database('reports').where({ owner: people.theo.id }).delete();
		await directus.database('jobs').where('key', 'like', `%${people.theo.id}`).delete();
		await directus.database('jobs').where({ kind: 'reports.send' }).delete();
		mailbox.behave('cut');
		await morning();
		const job = (await directus.database('jobs').where({ kind: 'reports.send' }).first()) as Row;
		expect(job).toMatchObject({ state: 'failed' });
		expect(job['error']).toContain('Vérifiez auprès du destinataire');
		expect(await reportOf(people.theo.id, 'weekly_sales')).toMatchObject({ status: 'ready', sent_at: null });
	});
});

describe('at the press of the button', () => {
	test('somebody gets their own report at once, and nobody a message', async () => {
		expect((await press(people.sofia, { period: 'last' })).status).toBe(200);
		const made = await reportOf(people.sofia.id, 'on_demand');
		expect(made).toMatchObject({ status: 'ready', title: 'Semaine commerciale – semaine du 16/11/2026 – Sofia Ferreira' });
		expect(mailbox.mails).toHaveLength(0);
	});

	test('is refused to whoever has no report of that kind', async () => {
		const direction = await press(people.sofia, { report: 'gains' });
		expect(direction.status).toBeGreaterThanOrEqual(400);
		expect((await directus.database('reports').where({ owner: people.sofia.id, kind: 'gains' })) as Row[]).toHaveLength(0);
		expect((await press(people.karim, {})).status).toBeGreaterThanOrEqual(400);
		expect((await directus.database('reports').where({ owner: people.karim.id })) as Row[]).toHaveLength(0);
	});
});
