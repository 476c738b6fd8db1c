import { describe, expect, it } from 'vitest';
import type { Json } from '../../../platform/directus.ts';
import { readingOf, together, type Result } from './cards.ts';
import { listFilter } from './list-filter.ts';

const month = (start: string, over: Partial<Result> = {}): Result => ({ kpi: 'k', start, value: 100, target: 50, previous: 80, previous_year: 60, numerator: 10, denominator: 4, cases: 4, ...over }); // prettier-ignore
const starts = Array.from({ length: 24 }, (_, index) => `${2025 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`);
const sums = { aggregation: 'sum', unit: 'eur' } as const;

describe('a KPI for a period', () => {
	const view = { period: 'month', start: '2026-12-01', comparison: 'previous' } as const;
	it('is compared with what the view says', () => {
		const results = [month('2026-11-01', { value: 80 }), month('2026-12-01')];
		expect(readingOf(results, view, starts.slice(-3), sums)).toEqual({
			value: 100,
			cases: 4,
			target: 50,
			before: 80,
			trend: [
				{ start: '2026-10-01', value: null },
				{ start: '2026-11-01', value: 80 },
				{ start: '2026-12-01', value: 100 },
			],
		});
		expect(readingOf(results, { ...view, comparison: 'previous_year' }, starts, sums).before).toBe(60);
		expect(readingOf(results, { ...view, comparison: 'target' }, starts, sums).before).toBeNull();
	});
	it('is unknown where nothing was computed', () => {
		expect(readingOf([], view, starts, sums)).toMatchObject({ value: null, target: null, before: null });
	});
});

describe('a KPI over twelve months', () => {
	const view = { period: 'rolling_12', start: '2026-01-01', comparison: 'previous' } as const;
	it('adds up, and is held against the twelve before once there are twelve', () => {
		const results = starts.map((start, index) => month(start, { value: index < 12 ? 10 : 20 }));
		expect(readingOf(results, view, starts, sums)).toMatchObject({ value: 240, before: 120, target: 600 });
		expect(readingOf(results.slice(1), view, starts, sums)).toMatchObject({ value: 240, before: null });
	});
	it('is the ratio of the sums, not the mean of the ratios', () => {
		const months = [month('2026-01-01', { numerator: 1, denominator: 2 }), month('2026-02-01', { numerator: 0, denominator: 8 })];
		expect(together(months, { aggregation: 'ratio', unit: 'percent' }).value).toBe(1000);
	});
	it('is the last of the levels, and nothing where parts make no whole', () => {
		const months = [month('2026-01-01'), month('2026-02-01', { value: 7 })];
		expect(together(months, { aggregation: 'last', unit: 'eur' }).value).toBe(7);
		expect(together(months, { aggregation: 'none', unit: 'days' }).value).toBeNull();
	});
	it('has no target where a month has none', () => {
		expect(together([month('2026-01-01', { target: null }), month('2026-02-01')], sums).target).toBeNull();
	});
});

describe('the rows behind a figure', () => {
	const view = { start: '2026-11-01', end: '2026-11-30', scope: 'person', key: 'u1' } as const;
	const known = { today: '2026-11-18', risk: 65 };
	const closed = { closed_at: { _between: ['$FROM', '$TO'] } };
	it('are those of the period and the person', () => {
		expect(listFilter({ filter: closed }, view, () => true, known)).toEqual({
			_and: [{ closed_at: { _between: ['2026-11-01T00:00:00', '2026-11-30T23:59:59.999'] } }, { owner: { _eq: 'u1' } }],
		});
	});
	it('are those that the person is to do, where rows have no owner', () => {
		expect(listFilter({ filter: {} }, view, (field) => field === 'assignee', known)).toEqual({ _and: [{}, { assignee: { _eq: 'u1' } }] });
	});
	it('are not asked for an owner that they do not have', () => {
		const sent = { status: { _in: ['sent', 3] } };
		expect(listFilter({ filter: sent }, view, () => false, known)).toEqual({ _and: [sent] });
		expect(listFilter({ filter: {} }, { ...view, scope: 'company', key: 'company' }, () => true, known)).toEqual({ _and: [{}] });
	});
	it('are told whose they are by the definition, where no field of theirs says so', () => {
		const list = { filter: {}, whose: { team: { project: { team: { _eq: '$KEY' } } } } };
		expect(listFilter(list, { ...view, scope: 'team', key: 't1' }, () => true, known)).toEqual({ _and: [{}, { project: { team: { _eq: 't1' } } }] });
	});
	it('are judged by the last day that the figure knows, and by the threshold of the settings', () => {
		const due = { _and: [{ due_date: { _lt: '$DAY' } }, { starts_on: { _gte: '$DAY-18' } }, { churn_risk: { _gte: '$RISK' } }] as Json[] };
		const day = (start: string, end: string): unknown =>
			listFilter({ filter: due }, { ...view, start, end, scope: 'company', key: 'company' }, () => true, known);
		const of = (due_date: string, starts_on: string): object => ({ _and: [{ _and: [{ due_date: { _lt: due_date } }, { starts_on: { _gte: starts_on } }, { churn_risk: { _gte: 65 } }] }] }); // prettier-ignore
		expect(day('2026-11-01', '2026-11-30')).toEqual(of('2026-11-18T00:00:00', '2026-10-31T00:00:00'));
		expect(day('2026-10-01', '2026-10-31')).toEqual(of('2026-10-31T00:00:00', '2026-10-13T00:00:00'));
	});
	it('that stand for today alone are not shown for a period that is over', () => {
		const open = { filter: { closed_at: { _null: true } }, now: true } as const;
		expect(listFilter(open, view, () => true, known)).not.toBeNull();
		expect(listFilter(open, { ...view, start: '2026-10-01', end: '2026-10-31' }, () => true, known)).toBeNull();
	});
});
