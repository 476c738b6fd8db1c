import { sentimentOf } from '../../interactions/rules/sentiment.ts';
import { closeAlerts } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { dateOrNull, readLocked, saveSettled, type Settled } from '../../platform/columns.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import type { Written } from '../../platform/written.ts';
import { silentFields } from './fields.ts';
import { answerMoment, settle, type Ground } from './rules/deadline.ts';
import type { SupportLevel } from './rules/types.ts';
import { columnsOf, readSlaSettings, ticketOf } from './tickets.ts';

type Row = Record<string, unknown> & { id: string };

export const alertKind = 'ticket_sla';

async function readLevels(trx: Knex, rows: readonly Row[]): Promise<Map<string, SupportLevel>> {
	const companies = [...new Set(rows.map(({ company }) => company))].filter((id) => typeof id === 'string');
	if (companies.length === 0) return new Map();
	const found = (await trx('companies').whereIn('id', companies).select('id', 'support_level')) as { id: string; support_level: SupportLevel }[];
	return new Map(found.map(({ id, support_level }) => [id, support_level]));
}

/** What a ticket's words sound like; read anew when they change. */
function toneOf(row: Row, { created, set }: Pick<Written, 'created' | 'set'>): unknown {
	if (!created && !('subject' in set) && !('description' in set)) return row['sentiment'];
	return sentimentOf([row['subject'], row['description']].filter(Boolean).join('.\n')).sentiment;
}

type Change = Pick<Written, 'id' | 'created' | 'set'> & { answeredAt?: Date };

async function settleTickets(trx: Knex, changes: readonly Change[]): Promise<void> {
	const byId = new Map(changes.map((one) => [one.id, one]));
	const base: Ground = { ...(await readSlaSettings(trx)), now: clockNow() };
	for (const ids of chunks([...byId.keys()], 200)) {
		const rows = (await readLocked(trx, 'tickets', ids)) as Row[];
		const levels = await readLevels(trx, rows);
		const calm: string[] = [];
		const settled = rows.map((row): Settled => {
			const change = byId.get(row.id) ?? { id: row.id, created: false, set: {} };
			const isRepromised = !change.created && ('priority' in change.set || 'company' in change.set);
			const ticket = { ...ticketOf(row, levels.get(String(row['company'])) ?? null), isRepromised };
			const before = { ...columnsOf(ticket.kept), sentiment: row['sentiment'] };
			// The first answer is the earliest that is known of, also when it is written down later.
			const answered = [ticket.kept.firstResponseAt, change.answeredAt ?? null].filter((at) => at !== null).toSorted((a, b) => a.getTime() - b.getTime());
			const after = settle({ ...ticket, kept: { ...ticket.kept, firstResponseAt: answered[0] ?? null } }, base);
			const isWarned = ticket.kept.state === 'at_risk' || ticket.kept.state === 'breached';
			if (isWarned && (after.state !== ticket.kept.state || Boolean(row['archived']))) calm.push(row.id);
			return { id: row.id, before, after: { ...columnsOf(after), sentiment: toneOf(row, change) } };
		});
		await saveSettled(trx, 'tickets', settled, silentFields);
		await closeAlerts(trx, [alertKind], 'ticket', calm, 'Le délai ne court plus, ou a changé.');
	}
}

/** Tickets that a transaction wrote: deadline, answers and tone. */
export const treatTickets = (trx: Knex, written: readonly Written[]): Promise<void> => settleTickets(trx, written);

/** What somebody wrote or said to a client about a ticket answers it. Exchanges that are about no ticket cost one read. */
export async function treatAnswers(trx: Knex, written: readonly Written[]): Promise<void> {
	const answers = new Map<string, Date>();
	const now = clockNow();
	for (const part of chunks(written, 500)) {
		const rows = (await trx('interactions as i')
			.join('tickets as t', 't.id', 'i.ticket')
			.whereIn(
				'i.id',
				part.map(({ id }) => id),
			)
			.where({ 'i.direction': 'outbound' })
			.select('i.ticket', 'i.at', 'i.outcome', 't.date_created')) as { ticket: string; at: unknown; outcome: string | null; date_created: unknown }[];
		for (const { ticket, at, outcome, date_created } of rows) {
			const [moment, createdAt] = [dateOrNull(at), dateOrNull(date_created)];
			const answeredAt = moment && createdAt && answerMoment({ at: moment, outcome }, createdAt, now);
			const known = answers.get(ticket);
			if (answeredAt && (!known || answeredAt < known)) answers.set(ticket, answeredAt);
		}
	}
	if (answers.size === 0) return;
	await settleTickets(
		trx,
		[...answers].map(([id, answeredAt]) => ({ id, created: false, set: {}, answeredAt })),
	);
}
