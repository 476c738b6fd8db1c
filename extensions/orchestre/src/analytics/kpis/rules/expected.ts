import { isWorkingDayNumber, type WorkingCalendar } from '../../../platform/time/working-time.ts';
import type { KpiDefinition } from '../types.ts';
import type { Period } from './periods.ts';

const workingDays = (from: number, to: number, calendar: WorkingCalendar): number => {
	let count = 0;
	for (let day = from; day <= to; day++) if (isWorkingDayNumber(day, calendar)) count++;
	return count;
};

/**
 * What of a target is due by the end of yesterday. What adds up over a period is due day by day, by working days; rates and levels are due all
 * the time. Null before the first working day is over: nothing can be said.
 */
export function expectedBy(target: number, { aggregation }: Pick<KpiDefinition, 'aggregation'>, period: Period, today: number, calendar: WorkingCalendar): number | null {
	if (aggregation !== 'sum' || today > period.end) return target;
	const all = workingDays(period.start, period.end, calendar);
	const passed = workingDays(period.start, today - 1, calendar);
	if (passed === 0 || all === 0) return null;
	return Math.round((target * passed) / all);
} // prettier-ignore

/**
 * How far a value is on the wrong side of what is due, as a share of it in basis points; 0 when it is on the right side. Of nought there are no
 * shares: whatever is on its wrong side is off by the whole (10 000).
 */
export function gapOf(value: number, expected: number, direction: KpiDefinition['direction']): number {
	const off = direction === 'band' ? Math.abs(value - expected) : direction === 'up' ? expected - value : value - expected;
	if (off <= 0) return 0;
	return expected === 0 ? 10_000 : Math.round((off / Math.abs(expected)) * 10_000);
}

/** Whether a target is met: at least, at most, or (where close is best) within what the KPI tolerates, in basis points of the target. */
export const isReached = (gap: number, direction: KpiDefinition['direction'], warnRate: number): boolean => gap <= (direction === 'band' ? warnRate : 0);
