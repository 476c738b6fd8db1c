import { frenchDate, fromParis, isoOf } from '../../platform/time/paris.ts';
import { plusMonths } from '../../platform/time/months.ts';
import { closeAlerts, openAlertStates, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { storedDay } from '../../platform/columns.ts';
import { tell, type Notice } from '../../platform/notices.ts';
import { directionOf, managersByTeam, namesOf } from '../../pipeline/health/recipients.ts';
import { alertKey, closeStale, termOf } from './contracts.ts';
import { raiseLevel } from './follow.ts';
import { decisionDayOf, noticeDayOf, reminderLevel, reminderWords } from './rules/notice.ts';
import type { RenewalSettings } from './settings.ts';
import { clockNowDay } from './today.ts';

type Row = Record<string, unknown> & { id: string; name: string; company_name: string };
type Due = { row: Row; day: number; level: 1 | 2; key: string; owner: string | null };

/** Weekends and bridges: a reminder that falls into them is due some days before its number says. */
const slackDays = 7;

/** Contracts with a decision ahead, of clients and suppliers alike. */
async function readContracts(trx: Knex, from: number, to: number): Promise<Row[]> {
	const between: [Date, Date] = [storedDay(from), storedDay(to)];
	return (await trx('contracts as k')
		.join('companies as c', 'c.id', 'k.company')
		.where({ 'k.status': 'signed' })
		.where((either) => void either.whereNull('k.archived').orWhere('k.archived', false))
		.where((either) => void either.whereBetween('k.notice_on', between).orWhere((other) => void other.whereNull('k.notice_on').whereBetween('k.ends_on', between)))
		.orderBy('k.id')
		.select('k.id', 'k.name', 'k.type', 'k.status', 'k.renewal', 'k.ends_on', 'k.notice_days', 'k.notice_on', 'k.renewal_months', 'k.value_cents', 'k.archived', 'k.company', 'k.owner', 'k.team', 'k.user_created', { company_name: 'c.name', legal_form: 'c.legal_form', is_client: 'c.is_client', company_owner: 'c.owner' })) as Row[];
} // prettier-ignore

const isSupplier = (row: Row): boolean => row['type'] === 'supplier' || !row['is_client'];

/** Whose decision it is: the contract's own, then the client's account manager; else who entered it, or Direction. */
async function ownersOf(trx: Knex, rows: readonly Row[]): Promise<(row: Row) => string | null> {
	const active = new Set((await trx('directus_users').where({ status: 'active' }).pluck('id')) as string[]);
	const [first = null] = rows.length > 0 ? await directionOf(trx) : [];
	return (row) => [row['owner'], isSupplier(row) ? null : row['company_owner'], row['user_created']].map((user) => user as string | null).find((user) => user !== null && active.has(user)) ?? first; // prettier-ignore
}

function alertFor({ row, key, owner }: Due): NewAlert {
	const words = reminderWords({
		...termOf(row),
		name: row.name,
		company: row.company_name,
		isSupplier: isSupplier(row),
		legalForm: row['legal_form'] as string | null,
		renewalMonths: row['renewal_months'] as number | null,
		valueCents: row['value_cents'] as number | null,
	});
	return {
		key,
		kind: 'contract_end',
		severity: 'warning',
		...words,
		valueCents: row['value_cents'] as number | null,
		assignee: owner,
		team: row['team'] as string | null,
		subject: { contract: row.id },
	};
}

/** Announces a level once: what an alert has been announced for stands on it. */
async function announce(trx: Knex, due: readonly Due[]): Promise<{ first: number; last: number }> {
	const alerts = new Map(due.map((one) => [one.key, alertFor(one)]));
	const fresh = await raiseAlerts(trx, [...alerts.values()]);
	const stored = new Map<string, { id: string; level: number; state: string }>();
	for (const part of chunks([...alerts.keys()], 500))
		for (const row of (await trx('alerts').whereIn('dedupe_key', part).select('id', 'dedupe_key', 'escalation_level', 'state')) as { id: string; dedupe_key: string; escalation_level: number | null; state: string }[])
			stored.set(row.dedupe_key, { id: row.id, level: Number(row.escalation_level ?? 0), state: row.state });
	// Whoever has dealt with the first reminder is left alone.
	const last = due.filter(({ key, level }) => level === 2 && stored.get(key)?.level !== 2 && stored.get(key)?.state !== 'done');
	await raiseLevel(trx, last.flatMap(({ key }) => stored.get(key)?.id ?? []), 2);
	const managers = last.length > 0 ? await managersByTeam(trx) : new Map<string, string>();
	const nameOf = await namesOf(trx, last.map(({ owner }) => owner));
	const notices = due.flatMap(({ key, row, owner, level }): Notice[] => {
		const alert = alerts.get(key);
		const isLast = last.some((one) => one.key === key);
		if (!alert || (!fresh.has(key) && !isLast)) return [];
		const manager = isLast && level === 2 ? managers.get(String(row['team'] ?? '')) : null;
		const recipients = [owner, manager].filter((user) => typeof user === 'string');
		const who = isLast ? ` Responsable : ${nameOf(owner)}.` : '';
		return [{ recipients, collection: 'contracts', item: row.id, subject: `${isLast ? 'Dernier rappel' : 'Rappel'} : ${alert.title}`, message: `${alert.reason}\n\n${alert.action ?? ''}${who}` }];
	});
	await tell(trx, notices);
	return { first: fresh.size, last: last.length };
} // prettier-ignore

/** A decision day that has passed: the reminder ends, and says what follows from it. */
async function closePassed(trx: Knex, today: number): Promise<number> {
	const rows = (await trx('alerts as a')
		.join('contracts as k', 'k.id', 'a.contract')
		.where({ 'a.kind': 'contract_end' })
		.whereIn('a.state', [...openAlertStates])
		.orderBy('a.id')
		.select({ id: 'k.id', key: 'a.dedupe_key' }, 'k.status', 'k.renewal', 'k.ends_on', 'k.notice_days', 'k.renewal_months', 'k.archived')) as (Row & { key: string })[];
	const closed = await closeStale(trx, rows);
	let passed = 0;
	for (const row of rows) {
		const term = termOf(row);
		const day = row['archived'] ? null : decisionDayOf(term);
		if (day === null || day >= today || row.key !== alertKey(row.id, day) || term.endsDay === null) continue;
		const on = (at: number): string => frenchDate(fromParis(at, 43_200_000));
		const months = Number(row['renewal_months'] ?? 0);
		const outcome = noticeDayOf(term) === null ? `Le contrat a pris fin le ${on(term.endsDay)}.` : `Sans dénonciation au ${on(day)}, le contrat est reconduit${months > 0 ? ` jusqu’au ${on(plusMonths(term.endsDay, months))}` : ''}.`;
		passed += await closeAlerts(trx, ['contract_end'], 'dedupe_key', [row.key], outcome);
	}
	return closed + passed;
} // prettier-ignore

/** The day's reminders of contracts that end or renew by themselves. A second run on the same day writes nothing. */
export async function remindContracts(trx: Knex, settings: RenewalSettings): Promise<{ first: number; last: number; closed: number; day: string }> {
	const today = clockNowDay();
	const closed = await closePassed(trx, today);
	const rows = await readContracts(trx, today, today + Math.max(settings.notice.first, settings.notice.last) + slackDays);
	const ownerOf = await ownersOf(trx, rows);
	const due = rows.flatMap((row): Due[] => {
		const day = decisionDayOf(termOf(row));
		if (day === null || day < today) return [];
		const level = reminderLevel(day, today, settings.notice, settings.calendar);
		return level === 0 ? [] : [{ row, day, level, key: alertKey(row.id, day), owner: ownerOf(row) }];
	});
	return { ...(await announce(trx, due)), closed, day: isoOf(today) };
}
