import { wilson } from '../../../success/interval.ts';

/** Whether what was announced came about. Shares of 1. */

/** Cases whose probability was told between two bounds: how many, the sum of what was told, how many came about. */
export type Told = { cases: number; sum: number; came: number };
export type Bin = { cases: number; said: number; came: number; low: number; high: number };

/** Bins of equal width, from rare to sure; where the truth lies (Wilson, 95 %). Empty bins are left out. */
export const binsOf = (told: readonly Told[]): Bin[] =>
	told.flatMap(({ cases, sum, came }) => (cases > 0 ? [{ cases, said: sum / cases, came: came / cases, ...wilson(came / cases, cases) }] : []));

/** Mean gap between what was told and what came, weighted by cases (expected calibration error); null without cases. */
export function meanGap(bins: readonly Bin[]): number | null {
	const cases = bins.reduce((sum, bin) => sum + bin.cases, 0);
	return cases === 0 ? null : bins.reduce((sum, bin) => sum + bin.cases * Math.abs(bin.said - bin.came), 0) / cases;
}

/** Fewer cases say nothing of a model. */
export const fewestCases = 50;
export type Judgement = 'right' | 'too-high' | 'too-low' | 'too-few';

/** All cases together: told more often than it came, less often, or within what chance explains. */
export function judge(bins: readonly Bin[]): Judgement {
	const cases = bins.reduce((sum, bin) => sum + bin.cases, 0);
	if (cases < fewestCases) return 'too-few';
	const said = bins.reduce((sum, bin) => sum + bin.cases * bin.said, 0) / cases;
	const { low, high } = wilson(bins.reduce((sum, bin) => sum + bin.cases * bin.came, 0) / cases, cases);
	return said > high ? 'too-high' : said < low ? 'too-low' : 'right';
}
