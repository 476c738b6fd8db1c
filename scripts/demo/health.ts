import { measuresOf } from '../../extensions/orchestre/src/success/health/rules/measures.ts';
import type { ClientFacts, HealthSettings } from '../../extensions/orchestre/src/success/health/rules/types.ts';
import { verdictOn } from '../../extensions/orchestre/src/success/health/rules/verdict.ts';
import { isoDate, plusDays, type Calendar } from './calendar.ts';
import type { Client } from './clients.ts';
import { demoId } from './ids.ts';
import type { Row, Tables } from './rows.ts';

/** As shipped. The season is left out: the past of each client is told by itself. */
const settings: HealthSettings = {
	weights: { usage: 25, support: 20, payment: 20, contact: 10, satisfaction: 15, plan: 10 },
	contactDays: 30,
	watchBelow: 80,
	redBelow: 60,
	season: 1,
};

/** A record a week for half a year; each night since the first start adds its own. */
const weeks = 26;
const dayMs = 86_400_000;

/** Rows of one client, by collection. */
type Own = (collection: string) => readonly Row[];

/** Days from a moment or date of a row to `day`, below 0 for what was still to come; null for none. */
const ago = (value: unknown, day: Date): number | null => (value ? Math.floor((day.getTime() - Date.parse(String(value))) / dayMs) : null);
const isBetween = (days: number | null, from: number, to: number): boolean => days !== null && days >= from && days < to;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const largest = (values: readonly number[]): number => Math.max(0, ...values);
const lateBy = (row: Row, done: string, due: string): number => Math.max(0, Math.round((Date.parse(String(row[done])) - Date.parse(String(row[due]))) / dayMs));

const scale: Readonly<Record<string, (score: number) => number>> = {
	nps: (score) => score * 10,
	csat: (score) => (score - 1) * 25,
	ces: (score) => ((score - 1) * 100) / 6,
};

function ticketFacts(rows: readonly Row[], day: Date): ClientFacts['tickets'] {
	const known = rows.filter((row) => isBetween(ago(row.date_created, day), 0, 365));
	const open = known.filter((row) => !isBetween(ago(row.resolved_at, day), 0, Number.POSITIVE_INFINITY));
	const recent = (days: number): readonly Row[] => known.filter((row) => isBetween(ago(row.date_created, day), 0, days));
	return {
		year: known.length,
		month: recent(30).length,
		urgent: open.filter(({ priority }) => priority === 'urgent').length,
		high: open.filter(({ priority }) => priority === 'high').length,
		late: open.filter((row) => isBetween(ago(row.sla_due_at, day), 0, Number.POSITIVE_INFINITY)).length,
		negative: recent(90).filter(({ sentiment }) => sentiment === 'negative').length,
	};
}

function invoiceFacts(rows: readonly Row[], day: Date): ClientFacts['invoices'] {
	const due = rows.filter((row) => row.direction === 'sale' && row.type !== 'credit_note' && row.status !== 'draft' && (ago(row.due_date, day) ?? 0) > 0);
	const paid = due.filter((row) => isBetween(ago(row.paid_on, day), 0, 180));
	const overdue = due.filter((row) => row.status !== 'cancelled_by_credit_note' && !isBetween(ago(row.paid_on, day), 0, Number.POSITIVE_INFINITY));
	return {
		year: due.filter((row) => isBetween(ago(row.due_date, day), 0, 365)).length + overdue.length,
		overdue: overdue.length,
		overdueCents: sum(overdue.map(({ gross_cents: cents }) => Number(cents ?? 0))),
		oldestDays: largest(overdue.map((row) => ago(row.due_date, day) ?? 0)),
		disputed: 0,
		paid: paid.length,
		lateDays: sum(paid.map((row) => lateBy(row, 'paid_on', 'due_date'))),
	};
}

function milestoneFacts(rows: readonly Row[], day: Date): ClientFacts['milestones'] {
	const done = (row: Row): boolean => (ago(row.done_on, day) ?? -1) >= 0;
	const open = rows.filter((row) => row.status !== 'cancelled' && !done(row) && isBetween(ago(row.date_created, day), 0, Number.POSITIVE_INFINITY));
	const late = open.filter((row) => (ago(row.due_on, day) ?? 0) > 0);
	const reached = rows.filter((row) => isBetween(ago(row.done_on, day), 0, 180));
	return {
		open: open.length,
		late: late.length,
		oldestDays: largest(late.map((row) => ago(row.due_on, day) ?? 0)),
		reached: reached.length,
		lateDays: sum(reached.map((row) => lateBy(row, 'done_on', 'due_on'))),
	};
}

function factsOn(own: Own, day: Date): ClientFacts {
	const used = own('usage_events').map(({ at }) => ago(at, day)).filter((days) => days !== null && days >= 0 && days < 395) as number[]; // prettier-ignore
	const count = (days: readonly number[], from: number, to: number): number => days.filter((one) => one >= from && one < to).length;
	const answers = own('survey_answers').map((row) => ({ days: ago(row.answered_at, day), points: scale[String(row.kind)]?.(Number(row.score)) ?? 0 }));
	const points = (from: number, to: number): number[] => answers.filter(({ days }) => isBetween(days, from, to)).map((one) => one.points);
	const contacts = own('interactions').filter(({ outcome }) => outcome !== 'no_answer' && outcome !== 'wrong_contact').map(({ at }) => ago(at, day)).filter((days) => days !== null && days >= 0) as number[]; // prettier-ignore
	return {
		usage: { recent: count(used, 0, 30), before: count(used, 30, 120), firstDays: used.length > 0 ? largest(used) : null, lastDays: used.length > 0 ? Math.min(...used) : null },
		tickets: ticketFacts(own('tickets'), day),
		invoices: invoiceFacts(own('invoices'), day),
		contactDays: contacts.length > 0 ? Math.min(...contacts) : null,
		answers: { recent: points(0, 90).length, recentSum: sum(points(0, 90)), older: points(90, 365).length, olderSum: sum(points(90, 365)) },
		milestones: milestoneFacts(own('milestones'), day),
	};
} // prettier-ignore

/** Rows of each company, by collection; a milestone is its project's. */
function byCompany(tables: Tables): (company: string) => Own {
	const projects = new Map((tables.get('projects') ?? []).map(({ id, company }) => [id, company]));
	const grouped = new Map(
		['usage_events', 'tickets', 'invoices', 'survey_answers', 'interactions', 'milestones'].map((collection) => [
			collection,
			Map.groupBy(tables.get(collection) ?? [], (row) => (collection === 'milestones' ? projects.get(row.project) : row.company)),
		]),
	);
	return (company) => (collection) => grouped.get(collection)?.get(company) ?? [];
}

/** What the nights of half a year would have written of each client, by the product's own rules from what was known on each day. */
export function healthRows(calendar: Calendar, clients: readonly Client[], tables: Tables): Row[] {
	const ownOf = byCompany(tables);
	const rows: Row[] = [];
	for (const { company, since, leftOn } of clients)
		for (let week = weeks; week >= 1; week--) {
			const day = plusDays(calendar.today, -7 * week);
			if (day < plusDays(since, 14) || (leftOn && day > leftOn)) continue;
			const verdict = verdictOn(measuresOf(factsOn(ownOf(company.id), day), settings), settings);
			if (!verdict) continue;
			const scores = Object.fromEntries(verdict.reasons.map(({ part, score }) => [`${part}_score`, score]));
			rows.push({
				id: demoId('health_history', `${company.id} ${week}`),
				company: company.id,
				computed_on: isoDate(day),
				score: verdict.score,
				band: verdict.band,
				...scores,
				overridden: false,
				reasons: { band: verdict.band, reasons: verdict.reasons },
				weights_version: 1,
				date_created: day.toISOString(),
			});
		}
	return rows;
}
