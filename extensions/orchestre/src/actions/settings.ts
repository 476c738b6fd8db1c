import { parseJson, type Knex } from '../platform/directus.ts';
import { UnexpectedError } from '../platform/errors.ts';
import { calendarOf, type WorkingCalendar } from '../platform/time/working-time.ts';
import { isTopic, starts, type Topic } from './rules/topics.ts';
import type { ActionSettings } from './rules/types.ts';

type Row = Record<string, unknown>;
type StartRow = { topic?: unknown; gain?: unknown; minutes?: unknown };

/** Gain (in per cent in the settings, 0–1 here) and minutes by kind of action; what is left out or makes no sense keeps our start values. */
function startsOf(value: unknown): Map<Topic, { gain: number; minutes: number }> {
	const rows = parseJson<StartRow[] | null>(value ?? null) ?? [];
	return new Map(
		rows.flatMap(({ topic, gain, minutes }): [Topic, { gain: number; minutes: number }][] => {
			if (!isTopic(topic)) return [];
			const [share, spent] = [Number(gain) / 100, Number(minutes)];
			const start = starts[topic];
			return [[topic, { gain: share > 0 && share <= 1 ? share : start.gain, minutes: spent >= 1 && spent <= 480 ? Math.round(spent) : start.minutes }]];
		}),
	);
}

const numberOf = (value: unknown, preset: number): number => (value === null || value === undefined ? preset : Number(value));

/** The room's settings, and the working calendar, in one read. */
export async function readActionSettings(knex: Knex): Promise<{ settings: ActionSettings; calendar: WorkingCalendar }> {
	const row = (await knex('settings').first()) as Row | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	return {
		settings: {
			enabled: Boolean(row['actions_enabled'] ?? true),
			perDay: numberOf(row['actions_per_day'], 8),
			minutesPerDay: numberOf(row['actions_minutes'], 180),
			refusedDays: numberOf(row['actions_refused_days'], 14),
			outcomeDays: numberOf(row['actions_outcome_days'], 21),
			prior: numberOf(row['actions_prior'], 40),
			holdOut: numberOf(row['actions_hold_out'], 0) / 10_000,
			nominalCents: numberOf(row['actions_nominal_cents'], 50_000),
			starts: startsOf(row['actions_starts']),
		},
		calendar: calendarOf(row),
	};
}
