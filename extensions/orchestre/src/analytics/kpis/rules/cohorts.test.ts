import { describe, expect, it } from 'vitest';
import { cohortsOf, groupCohorts, monthName, monthNumber, sharesOf, totalAt, type Step } from './cohorts.ts';

const steps: Step[] = [
	{ cohort: '2025-12', month: '2025-12', cents: 1000, clients: 2 },
	{ cohort: '2025-12', month: '2026-02', cents: -400, clients: -1 },
	{ cohort: '2026-01', month: '2026-01', cents: 500, clients: 1 },
	{ cohort: '2026-01', month: '2026-02', cents: 250, clients: 0 },
	{ cohort: '2026-02', month: '2026-02', cents: 100, clients: 1 },
	{ cohort: '2019-05', month: '2019-05', cents: 9999, clients: 9 },
];
const cohorts = cohortsOf(steps, '2025-01', '2026-03');

describe('cohorts', () => {
	it('carry what they pay from month to month, also through months in which nothing changed', () =>
		expect(cohorts[0]).toEqual({ month: '2025-12', cents: [1000, 1000, 600, 600], clients: [2, 2, 1, 1] }));

	it('have a point for each month since they began, and none ahead', () => expect(cohorts.map(({ cents }) => cents.length)).toEqual([4, 3, 2]));

	it('leave out who began before the first month asked for', () => expect(cohorts.map(({ month }) => month)).toEqual(['2025-12', '2026-01', '2026-02']));

	it('are taken together by the quarter as far as the youngest has come', () =>
		expect(groupCohorts(cohorts, 3)).toEqual([
			{ month: '2025-10', cents: [1000, 1000, 600, 600], clients: [2, 2, 1, 1] },
			{ month: '2026-01', cents: [600, 850], clients: [2, 2] },
		]));

	it('show shares of their first month', () => {
		expect(sharesOf([1000, 600, 1100])).toEqual([1, 0.6, 1.1]);
		expect(sharesOf([0, 5])).toEqual([null, null]);
	});

	it('count together only those that are old enough', () =>
		expect(totalAt(cohorts, 2)).toEqual({ cents: 600 + 750, baseCents: 1500, clients: 2, baseClients: 3 }));
});

describe('months', () => {
	it('are counted across years', () => expect(monthName(monthNumber('2025-12') + 1)).toBe('2026-01'));
});
