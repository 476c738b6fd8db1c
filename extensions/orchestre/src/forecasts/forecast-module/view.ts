import { dayMs } from '../../platform/time/paris.ts';
import type { Past } from '../model/make.ts';
import type { ForecastRow, ScopeForecast } from './read.ts';

/** One month of the picture, past or to come; cents. */
export type Point = { month: string; p10: number; p50: number; p90: number; naive: number | null; actual: number | null; isAhead: boolean };

/** One month of the table: the total, and what it is made of (medians do not add up to a median). */
export type MonthLine = {
	month: string;
	p10: number;
	p50: number;
	p90: number;
	naive: number | null;
	parts: Record<'pipeline' | 'new_business' | 'recurring', number>;
};

const isoMonth = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 7);

export function linesOf({ rows }: Pick<ScopeForecast, 'rows'>): MonthLine[] {
	const medianOf = (own: readonly ForecastRow[], kind: ForecastRow['kind']): number => own.find((row) => row.kind === kind)?.p50_cents ?? 0;
	return [...Map.groupBy(rows, ({ period_start }) => period_start.slice(0, 7))]
		.toSorted(([one], [other]) => one.localeCompare(other))
		.flatMap(([month, own]) => {
			const total = own.find(({ kind }) => kind === 'total');
			if (!total) return [];
			const parts = { pipeline: medianOf(own, 'pipeline'), new_business: medianOf(own, 'new_business'), recurring: medianOf(own, 'recurring') };
			return [{ month, p10: total.p10_cents, p50: total.p50_cents, p90: total.p90_cents, naive: total.naive_cents, parts }];
		});
}

/** Forecasts of the past a month ahead, then those of the months to come. */
export function pointsOf(scope: Pick<ScopeForecast, 'rows' | 'details'>): Point[] {
	const past = (scope.details?.past?.monthAhead ?? []).map(({ month, ...figures }): Point => ({ month: isoMonth(month.start), ...figures, isAhead: false }));
	return [...past, ...linesOf(scope).map(({ month, p10, p50, p90, naive }): Point => ({ month, p10, p50, p90, naive, actual: null, isAhead: true }))];
}

export type Frame = { width: number; height: number; left: number; right: number; top: number; bottom: number };

/** A round step that divides the range up to `max` into at most five parts. */
export function niceStep(max: number): number {
	if (max <= 0) return 1;
	const raw = max / 5;
	const power = 10 ** Math.floor(Math.log10(raw));
	return (([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power);
} // prettier-ignore

/** Where things stand in the picture. `band`: closed path of P10–P90; `median`: path of P50. */
export type Drawing = {
	ticks: { y: number; cents: number }[];
	columns: { x: number; point: Point; p10: number; p50: number; p90: number; actual: number | null; naive: number | null }[];
	pastBand: string;
	aheadBand: string;
	pastMedian: string;
	aheadMedian: string;
};

export function draw(points: readonly Point[], { width, height, left, right, top, bottom }: Frame): Drawing {
	const max = Math.max(1, ...points.flatMap(({ p90, actual, naive }) => [p90, actual ?? 0, naive ?? 0]));
	const step = niceStep(max);
	const ceiling = Math.ceil(max / step) * step;
	const y = (cents: number): number => Math.round((height - bottom - (cents / ceiling) * (height - top - bottom)) * 10) / 10;
	const gap = (width - left - right) / Math.max(1, points.length);
	const columns = points.map((point, index) => ({
		x: Math.round((left + gap * (index + 0.5)) * 10) / 10,
		point,
		p10: y(point.p10),
		p50: y(point.p50),
		p90: y(point.p90),
		actual: point.actual === null ? null : y(point.actual),
		naive: point.naive === null ? null : y(point.naive),
	}));
	const band = (own: typeof columns): string =>
		own.length === 0 ? '' : `M${own.map(({ x, p90 }) => `${x},${p90}`).join('L')}L${own.toReversed().map(({ x, p10 }) => `${x},${p10}`).join('L')}Z`; // prettier-ignore
	const median = (own: typeof columns): string => (own.length === 0 ? '' : `M${own.map(({ x, p50 }) => `${x},${p50}`).join('L')}`);
	const [past, ahead] = [columns.filter(({ point }) => !point.isAhead), columns.filter(({ point }) => point.isAhead)];
	return {
		ticks: Array.from({ length: Math.round(ceiling / step) + 1 }, (_, index) => ({ y: y(index * step), cents: index * step })),
		columns,
		pastBand: band(past),
		aheadBand: band(ahead),
		pastMedian: median(past),
		aheadMedian: median(ahead),
	};
}

/** How far a scope's forecast may be trusted, from its own past. */
export type Trust = 'unknown' | 'good' | 'fair' | 'poor';

/** A month ahead is what people plan by; fewer than four such forecasts prove nothing. */
export function trustOf(past: Past | null): Trust {
	const ahead = past?.quality.find(({ horizon }) => horizon === 1);
	if (!ahead || ahead.trials < 4 || ahead.mape === null) return 'unknown';
	const against = ahead.naiveMape === null ? 1 : ahead.mape / Math.max(ahead.naiveMape, 0.01);
	if (ahead.mape <= 0.2 && against <= 1) return 'good';
	return ahead.mape <= 0.4 && against <= 1.25 ? 'fair' : 'poor';
}
