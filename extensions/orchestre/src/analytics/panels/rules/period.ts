import { plusMonths } from '../../../platform/time/months.ts';
import { dayOf, isoOf, weekday } from '../../../platform/time/paris.ts';
import type { View } from '../answer.ts';

export type ViewPeriod = View['period'];
export const viewPeriods: readonly ViewPeriod[] = ['day', 'week', 'month', 'quarter', 'year', 'rolling_12'];

const months: Partial<Record<ViewPeriod, number>> = { month: 1, quarter: 3, year: 12 };

/** First and last day (included) of the period in which `day` lies; twelve rolling months end with the month of `day`. Day numbers. */
export function periodAround(period: ViewPeriod, day: number): { start: number; end: number } {
	if (period === 'day') return { start: day, end: day };
	if (period === 'week') return { start: day - weekday(day) + 1, end: day - weekday(day) + 7 };
	const [year = 0, month = 1] = isoOf(day).split('-').map(Number);
	const firstOf = (monthIndex: number): number => dayOf(`${year}-${String(monthIndex + 1).padStart(2, '0')}-01`) ?? day;
	if (period === 'rolling_12') return { start: plusMonths(firstOf(month - 1), -11), end: plusMonths(firstOf(month - 1), 1) - 1 };
	const length = months[period] ?? 1;
	const start = firstOf(Math.floor((month - 1) / length) * length);
	return { start, end: plusMonths(start, length) - 1 };
}

/** First days of the `count` periods up to the one in which `day` lies, oldest first. */
export function startsUpTo(period: Exclude<ViewPeriod, 'rolling_12'>, day: number, count: number): number[] {
	const starts: number[] = [];
	for (let at = day; starts.length < count; at = (starts[0] ?? at) - 1) starts.unshift(periodAround(period, at).start);
	return starts;
}
