import type { KpiDefinition } from '../../kpis/types.ts';
import { valueOf } from '../../kpis/rules/value.ts';
import type { View } from '../answer.ts';
import type { Direction, Unit } from '../parts/figures.ts';
import type { ListTarget } from '../parts/list-link.ts';

export type Shown = 'figure' | 'trend' | 'gauge';

/** One KPI as its card shows it. Values in stored units (cents, basis points, thousandths); null: not known. */
export type Card = {
	key: string;
	name: string;
	name_en: string | null;
	formula: string;
	unit: Unit;
	decimals: number;
	direction: Direction;
	shown: Shown;
	/** The figure is beyond the reader's rights. */
	isForbidden: boolean;
	value: number | null;
	/** Cases that the value rests on, and how few are too few to say one. */
	cases: number | null;
	fewest: number;
	target: number | null;
	/** What it is compared with, by the view's comparison; null with the target as comparison. */
	before: number | null;
	/** The last periods, oldest first, this one last. */
	trend: { start: string; value: number | null }[];
	list: ListTarget | null;
};

/** A row of `performance`, numbers as numbers, days as YYYY-MM-DD. */
export type Result = {
	kpi: string;
	start: string;
	value: number | null;
	target: number | null;
	previous: number | null;
	previous_year: number | null;
	numerator: number | null;
	denominator: number | null;
	cases: number | null;
};

const sum = (values: readonly (number | null)[]): number => values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** One figure of several months: sums add up, ratios are that of the sums, levels are the last one; what does not add up has none. */
export function together(months: readonly Result[], definition: Pick<KpiDefinition, 'aggregation' | 'unit' | 'factor' | 'minCases'>): Pick<Result, 'value' | 'target' | 'cases'> {
	if (months.length === 0 || definition.aggregation === 'none') return { value: null, target: null, cases: null };
	const cases = sum(months.map((one) => one.cases));
	if (definition.aggregation === 'last') return { value: months.at(-1)?.value ?? null, target: months.at(-1)?.target ?? null, cases: months.at(-1)?.cases ?? null };
	if (definition.aggregation === 'sum') {
		const targets = months.map(({ target }) => target);
		return { value: sum(months.map(({ value }) => value)), target: targets.includes(null) ? null : sum(targets), cases };
	}
	return { value: valueOf(definition, sum(months.map(({ numerator }) => numerator)), sum(months.map(({ denominator }) => denominator)), cases), target: months.at(-1)?.target ?? null, cases };
} // prettier-ignore

export type Reading = Pick<Card, 'value' | 'cases' | 'target' | 'before' | 'trend'>;

/** What a KPI's kept results (oldest first) say for the view. `starts`: first days of the periods that the trend shows. */
export function readingOf(
	results: readonly Result[],
	{ period, start, comparison }: Pick<View, 'period' | 'start' | 'comparison'>,
	starts: readonly string[],
	definition: Pick<KpiDefinition, 'aggregation' | 'unit' | 'factor' | 'minCases'> | undefined,
): Reading {
	const byStart = new Map(results.map((one) => [one.start, one]));
	if (period === 'rolling_12') {
		const of = (some: readonly string[]): Result[] => some.flatMap((one) => byStart.get(one) ?? []);
		const [before, now] = [of(starts.slice(0, -12)), of(starts.slice(-12))];
		const figure = definition ? together(now, definition) : { value: null, target: null, cases: null };
		const isWhole = before.length === 12 && definition !== undefined;
		return { ...figure, before: comparison !== 'target' && isWhole ? together(before, definition).value : null, trend: starts.slice(-12).map((one) => ({ start: one, value: byStart.get(one)?.value ?? null })) };
	}
	const own = byStart.get(start);
	return {
		value: own?.value ?? null,
		cases: own?.cases ?? null,
		target: own?.target ?? null,
		before: comparison === 'target' ? null : ((comparison === 'previous' ? own?.previous : own?.previous_year) ?? null),
		trend: starts.map((one) => ({ start: one, value: byStart.get(one)?.value ?? null })),
	};
} // prettier-ignore
