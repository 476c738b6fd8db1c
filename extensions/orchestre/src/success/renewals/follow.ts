import { dayOf, toParis } from '../../platform/time/paris.ts';
import { closeAlerts, openAlertStates } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, orchestreUserId, toDate, type Knex } from '../../platform/directus.ts';
import { tell, type Notice } from '../../platform/notices.ts';
import { writeTrail } from '../../platform/trail.ts';
import { managersByTeam, namesOf } from '../../pipeline/health/recipients.ts';
import { dayIn, followUpLevel, leftText } from './rules/renewal.ts';
import type { RenewalSettings } from './settings.ts';
import { readTerms } from './terms.ts';

type Open = {
	id: string;
	key: string;
	title: string;
	assignee: string | null;
	team: string | null;
	level: number;
	raised: Date;
	reason: string | null;
	company: string;
	opportunity: string;
	hasMoved: boolean;
	end: 'won' | 'lost' | null;
};

/** The open renewal alerts with what has happened to their deal since; of all clients or of some. */
async function readOpen(trx: Knex, companies: readonly string[] | null): Promise<Open[]> {
	const query = trx('alerts as a')
		.join('opportunities as o', 'o.id', 'a.opportunity')
		.join('stages as s', 's.id', 'o.stage')
		.leftJoin('tasks as t', 't.origin_key', 'a.dedupe_key')
		.where({ 'a.kind': 'renewal' })
		.whereIn('a.state', [...openAlertStates])
		.orderBy('a.id');
	if (companies) void query.whereIn('o.company', [...companies]);
	const since = (table: string, column: string, own: string): Knex.Raw =>
		trx.raw(`(exists (select 1 from ${table} x where x.${own} and x.${column} > a.date_created)) as ${table}_since`);
	const rows = (await query.select(
		{ id: 'a.id', key: 'a.dedupe_key', title: 'a.title', assignee: 'a.assignee', team: 'a.team', level: 'a.escalation_level', raised: 'a.date_created', reason: 'a.reason', company: 'o.company', opportunity: 'o.id', is_won: 's.is_won', is_lost: 's.is_lost', task: 't.status', moved: 'o.stage_since' },
		since('interactions', 'at', 'company = o.company'),
		since('quotes', 'date_created', 'opportunity = o.id'),
	)) as (Record<string, unknown> & Open)[];
	return rows.map((row) => {
		const raised = toDate(row['raised'] as Date);
		const stageSince = row['moved'] ? toDate(row['moved'] as Date) : null;
		return {
			...row,
			level: Number(row['level'] ?? 0),
			raised,
			// The deal was made in the same minute as its alert.
			hasMoved: Boolean(row['interactions_since']) || Boolean(row['quotes_since']) || row['task'] === 'done' || (stageSince !== null && stageSince.getTime() > raised.getTime() + 60_000),
			end: row['is_won'] ? ('won' as const) : row['is_lost'] ? ('lost' as const) : null,
		};
	});
} // prettier-ignore

/** The preparation of what is settled is not to be done any more. */
export async function cancelTasks(trx: Knex, keys: readonly string[], outcome: string): Promise<void> {
	const ids = (await trx('tasks').whereIn('origin_key', [...keys]).whereIn('status', ['todo', 'in_progress']).pluck('id')) as string[]; // prettier-ignore
	if (ids.length === 0) return;
	const change = { status: 'cancelled', outcome, date_updated: clockNow(), user_updated: orchestreUserId };
	await trx('tasks').whereIn('id', ids).update(change);
	await writeTrail(trx, {}, ids.map((item) => ({ action: 'update', collection: 'tasks', item, data: change }))); // prettier-ignore
}

const endings = {
	won: 'L’affaire de renouvellement est gagnée.',
	lost: 'L’affaire de renouvellement est perdue.',
	gone: 'Renouvelé, reporté ou résilié : cette échéance n’attend plus de réponse.',
} as const;

/**
 * Closes the renewals that are settled: their deal is won or lost, or nothing comes to its date on that day any more (renewed, put off,
 * cancelled, terminated). Returns how many. For all clients, or for those just written about.
 */
export async function closeSettled(trx: Knex, companies: readonly string[] | null, known?: readonly Open[]): Promise<number> {
	const open = known ?? (await readOpen(trx, companies));
	if (open.length === 0) return 0;
	const days = open.map(({ key }) => dayOf(dayIn(key)) ?? 0);
	const about = [...new Set(open.map(({ company }) => company))];
	const due = new Set<string>();
	for (const part of chunks(about, 500)) for (const { key } of await readTerms(trx, Math.min(...days), Math.max(...days), part)) due.add(key);
	const settled = Map.groupBy(
		open.filter(({ key, end }) => end !== null || !due.has(key)),
		({ end }) => end ?? 'gone',
	);
	for (const [end, list] of settled) {
		const keys = list.map(({ key }) => key);
		await closeAlerts(trx, ['renewal'], 'dedupe_key', keys, endings[end]);
		await cancelTasks(trx, keys, endings[end]);
	}
	return [...settled.values()].reduce((sum, list) => sum + list.length, 0);
}

const severities = ['info', 'warning', 'critical'] as const;

/** Writes how far the reminders of these alerts have gone, and how grave it is by now. */
export async function raiseLevel(trx: Knex, ids: readonly string[], level: 1 | 2): Promise<void> {
	for (const part of chunks(ids)) {
		const change = { escalation_level: level, severity: severities[level], state: 'open', snoozed_until: null, date_updated: clockNow(), user_updated: orchestreUserId };
		await trx('alerts').whereIn('id', part).update(change);
		await writeTrail(trx, {}, part.map((item) => ({ action: 'update', collection: 'alerts', item, data: change })));
	}
} // prettier-ignore

/** Reminds the owner, then the manager, of renewals that come closer; each step once: how far it went stands on the alert. */
export async function followUp(trx: Knex, settings: RenewalSettings): Promise<{ closed: number; reminded: number; escalated: number }> {
	const today = toParis(clockNow()).day;
	const all = await readOpen(trx, null);
	const closed = await closeSettled(trx, null, all);
	const still = closed > 0 ? await readOpen(trx, null) : all;
	const due = still.flatMap((alert) => {
		const daysLeft = (dayOf(dayIn(alert.key)) ?? today) - today;
		const level = followUpLevel({ daysLeft, age: today - toParis(alert.raised).day, level: alert.level, hasMoved: alert.hasMoved }, settings);
		return level > alert.level ? [{ alert, level, daysLeft }] : [];
	});
	if (due.length === 0) return { closed, reminded: 0, escalated: 0 };
	const managers = await managersByTeam(trx);
	const nameOf = await namesOf(trx, due.map(({ alert }) => alert.assignee));
	const notices = due.map(({ alert, level, daysLeft }): Notice => {
		const manager = managers.get(alert.team ?? '');
		const recipients = [alert.assignee, level === 2 ? manager : null].filter((user) => typeof user === 'string');
		const left = leftText(daysLeft);
		const state = level === 2 ? `L’affaire n’est pas conclue. Responsable : ${nameOf(alert.assignee)}.` : 'Rien n’a bougé depuis la préparation : ni échange, ni devis, ni avancée de l’affaire.';
		return { recipients, collection: 'opportunities', item: alert.opportunity, subject: `${level === 2 ? 'Toujours à conclure' : 'À relancer'} : ${alert.title}`, message: `${left} ${state}\n\n${alert.reason ?? ''}` };
	});
	for (const level of [1, 2] as const) await raiseLevel(trx, due.filter((one) => one.level === level).map(({ alert }) => alert.id), level);
	await tell(trx, notices);
	return { closed, reminded: due.filter(({ level }) => level === 1).length, escalated: due.filter(({ level }) => level === 2).length };
} // prettier-ignore
