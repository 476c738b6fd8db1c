import type { KpiDefinition } from '../types.ts';
import { lastPeriods, type PeriodKind } from './periods.ts';

export const defaultKinds: readonly PeriodKind[] = ['month', 'quarter', 'year'];

/**
 * How many periods of each kind a run looks at, the current one included. A change may be dated a while back: what was entered this month for
 * the last one shows within seconds, too; where a changed row says that it is older, all periods from its day on (turn.ts). What no change told of its
 * day (a date that was moved, a job's own writing) the night finds: every period of this year and the last.
 */
const reach = {
	touch: { day: 1, week: 1, month: 2, quarter: 1, year: 1 },
	hour: { day: 1, week: 1, month: 1, quarter: 1, year: 1 },
	night: { day: 8, week: 9, month: 24, quarter: 8, year: 2 },
	all: { day: 31, week: 26, month: 25, quarter: 9, year: 3 },
	/** As far back as a comparison with the year before asks for, where each period costs statements of its own. */
	dear: { day: 8, week: 9, month: 13, quarter: 5, year: 2 },
} as const satisfies Record<string, Record<PeriodKind, number>>;

export type Run = Exclude<keyof typeof reach, 'dear'>;

/** The definitions with the periods that a run of this kind computes, on this day. */
export const wantedIn = (run: Run, definitions: readonly KpiDefinition[], day: number) =>
	definitions.map((definition) => ({
		definition,
		periods: (definition.periods ?? defaultKinds).flatMap((kind) =>
			lastPeriods(kind, day, reach[(run === 'all' || run === 'night') && 'compute' in definition.formulaOf ? 'dear' : run][kind]),
		),
	}));
