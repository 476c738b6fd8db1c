import { dateOrNull } from '../../platform/columns.ts';
import type { Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import { calendarOf, type WorkingCalendar } from '../../platform/time/working-time.ts';
import type { Kept, Priority, SlaSettings, SlaState, Status, SupportLevel, Ticket } from './rules/types.ts';

type Row = Record<string, unknown>;

/** Deadlines and working hours as the settings say; one statement. */
export async function readSlaSettings(knex: Knex): Promise<{ settings: SlaSettings; calendar: WorkingCalendar }> {
	const row = (await knex('settings').first()) as Row | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	const number = (name: string): number => Number(row[`ticket_sla_${name}`]);
	return {
		settings: {
			minutes: { urgent: number('urgent'), high: number('high'), normal: number('normal'), low: number('low') },
			shares: { standard: 1, priority: number('priority_rate') / 10_000, premium: number('premium_rate') / 10_000 },
			warningShare: number('warning_rate') / 10_000,
			escalationMinutes: number('escalation'),
		},
		calendar: calendarOf(row),
	};
}

const keptOf = (row: Row): Kept => ({
	dueAt: dateOrNull(row['sla_due_at']),
	state: row['sla_state'] as SlaState | null,
	pausedAt: dateOrNull(row['sla_paused_at']),
	pausedMinutes: Number(row['sla_paused_minutes'] ?? 0),
	firstResponseAt: dateOrNull(row['first_response_at']),
	firstResponseMinutes: row['first_response_minutes'] as number | null,
	resolvedAt: dateOrNull(row['resolved_at']),
	resolutionMinutes: row['resolution_minutes'] as number | null,
	closedAt: dateOrNull(row['closed_at']),
	basis: row['sla_basis'] as string | null,
	treatedStatus: row['treated_status'] as Status | null,
});

/** What is kept of a ticket, as its columns. */
export const columnsOf = (kept: Kept): Record<string, unknown> => ({
	sla_due_at: kept.dueAt,
	sla_state: kept.state,
	sla_paused_at: kept.pausedAt,
	sla_paused_minutes: kept.pausedMinutes,
	first_response_at: kept.firstResponseAt,
	first_response_minutes: kept.firstResponseMinutes,
	resolved_at: kept.resolvedAt,
	resolution_minutes: kept.resolutionMinutes,
	closed_at: kept.closedAt,
	sla_basis: kept.basis,
	treated_status: kept.treatedStatus,
});

/** A ticket of the rules from its row; a ticket without a client has standard support. */
export const ticketOf = (row: Row, level: SupportLevel | null): Ticket => ({
	company: row['company'] as string | null,
	status: row['status'] as Status,
	priority: row['priority'] as Priority,
	level: level ?? 'standard',
	createdAt: dateOrNull(row['date_created']) ?? new Date(),
	kept: keptOf(row),
});
