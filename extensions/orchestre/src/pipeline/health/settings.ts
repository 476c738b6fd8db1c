import { calendarOf, type WorkingCalendar } from '../../platform/time/working-time.ts';
import type { Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import { stageLimit } from './rules/limits.ts';
import type { HealthSettings, StageLimit } from './rules/types.ts';

type Row = Record<string, unknown>;

/** What the judgement of a deal stands on, read once per transaction. `limits`: by id of the open stages. */
export type Ground = { enabled: boolean; settings: HealthSettings; calendar: WorkingCalendar; limits: ReadonlyMap<string, StageLimit> };

const settingsOf = (row: Row): HealthSettings => ({
	idleDays: Number(row['health_idle_days']),
	plannedDays: Number(row['health_planned_days']),
	stageDays: Number(row['health_stage_days']),
	minWinners: Number(row['health_min_winners']),
	pushes: Number(row['health_pushes']),
	contactsFromCents: Number(row['health_contacts_from_cents']),
	criticalCents: Number(row['health_critical_cents']),
	escalationDays: Number(row['health_escalation_days']),
});

/** Two small reads: the settings, and the stages with what was learnt of them. */
export async function readGround(trx: Knex): Promise<Ground> {
	const row = (await trx('settings').first()) as Row | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	const settings = settingsOf(row);
	const stages = (await trx('stages')
		.where({ is_won: false, is_lost: false })
		.select('id', 'target_days', 'winner_days', 'winner_count')) as { id: string; target_days: number | null; winner_days: number | null; winner_count: number | null }[]; // prettier-ignore
	return {
		enabled: Boolean(row['health_enabled']),
		settings,
		calendar: calendarOf(row),
		limits: new Map(
			stages.map((stage) => [
				stage.id,
				stageLimit({ targetDays: stage.target_days, winnerDays: stage.winner_days, winnerCount: stage.winner_count }, settings),
			]),
		),
	};
}
