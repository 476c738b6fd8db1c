import { dayOf, isoOf, toParis } from '../../platform/time/paris.ts';
import type { Reader } from '../../timeline/reader.ts';
import type { Row } from '../../timeline/rules/types.ts';
import { readFigures } from '../kpis/read/figures.ts';
import type { View } from './answer.ts';
import type { PeriodKind } from './parts/figures.ts';
import type { Result } from './rules/cards.ts';
import { startsUpTo } from './rules/period.ts';

const number = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
const fields = ['kpi', 'period_start', 'value', 'target', 'previous', 'previous_year', 'numerator', 'denominator', 'sample_size'];

/** A row of `performance` as Directus's services give it. */
export const resultOf = (row: Row): Result => ({
	kpi: String(row['kpi']),
	start: String(row['period_start']).slice(0, 10),
	value: number(row['value']),
	target: number(row['target']),
	previous: number(row['previous']),
	previous_year: number(row['previous_year']),
	numerator: number(row['numerator']),
	denominator: number(row['denominator']),
	cases: number(row['sample_size']),
});

/** The kept kind of period that a view is put together from. */
export const keptKind = (period: View['period']): PeriodKind => (period === 'rolling_12' ? 'month' : period);

/** First days of the periods whose results a view and its trend need: twelve, or twice twelve months. */
export const startsOf = (period: View['period'], now: Date): string[] =>
	startsUpTo(keptKind(period), toParis(now).day, period === 'rolling_12' ? 24 : 12).map(isoOf);

/** A day for a filter of Directus's services: without a zone it is the local midnight that SQLite keeps, and the date itself on PostgreSQL. */
export const filterDay = (iso: string): string => `${iso.slice(0, 10)}T00:00:00`;

/** What `performance` holds of these KPIs (ids) for one scope, with the caller's rights, oldest first. `more`: further fields of the row. */
export const readResults = (reader: Reader, kpis: readonly string[], { period, scope, key }: View, starts: readonly string[], more: readonly string[] = []): Promise<Row[]> =>
	readFigures(reader, { kpis, kind: keptKind(period), starts: starts.flatMap((start) => dayOf(start) ?? []), whose: [{ scope, key }] }, [...fields, ...more]); // prettier-ignore
