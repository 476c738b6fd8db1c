import type { Knex } from '../platform/directus.ts';
import { calendarOf, type WorkingCalendar } from '../platform/time/working-time.ts';

/** Days are working days for escalation, calendar days for surveys. */
export type OnboardingSettings = { calendar: WorkingCalendar; escalationDays: number; surveyPauseDays: number; surveyDays: number };

type Row = Record<string, unknown> & {
	opens_at: string;
	closes_at: string;
	alsace_moselle: unknown;
	milestone_escalation_days: number | null;
	survey_pause_days: number | null;
	survey_days: number | null;
};

export async function readOnboardingSettings(trx: Knex): Promise<OnboardingSettings> {
	const row = (await trx('settings').first('opens_at', 'closes_at', 'alsace_moselle', 'milestone_escalation_days', 'survey_pause_days', 'survey_days')) as Row;
	return {
		calendar: calendarOf(row),
		escalationDays: row.milestone_escalation_days ?? 3,
		surveyPauseDays: row.survey_pause_days ?? 30,
		surveyDays: row.survey_days ?? 30,
	};
}
