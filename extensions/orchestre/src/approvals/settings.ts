import type { Knex } from '../platform/directus.ts';
import { UnexpectedError } from '../platform/errors.ts';
import { calendarOf, type WorkingCalendar } from '../platform/time/working-time.ts';
import type { Limits } from './rules/limits.ts';

/** Who decides up to where, and in how many working days. */
export type ApprovalSettings = { limits: Limits; decisionDays: number; calendar: WorkingCalendar };

export async function readApprovalSettings(knex: Knex): Promise<ApprovalSettings> {
	const row = (await knex('settings').first(
		'retention_manager_max_cents',
		'retention_manager_max_rate',
		'retention_decision_days',
		'opens_at',
		'closes_at',
		'alsace_moselle',
	)) as Record<string, unknown> | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	return {
		limits: { maxCents: Number(row['retention_manager_max_cents']), maxRate: Number(row['retention_manager_max_rate']) },
		decisionDays: Number(row['retention_decision_days']),
		calendar: calendarOf(row),
	};
}
