/** Cohorts: what clients who began together still pay, and how many are still there, month after month. */

/** A month as a number: years × 12 + month (0 to 11), so that months can be counted. */
export const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
/** `2026-03` */
export const monthName = (number: number): string => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;

/** What changed in a month for the clients of a cohort: cents of monthly revenue, and clients that came or went. */
export type Step = { cohort: string; month: string; cents: number; clients: number };

/** A cohort; `cents` and `clients` at the end of its first month and of each month after that, up to the last that is over. */
export type Cohort = { month: string; cents: number[]; clients: number[] };

/** Cohorts from their steps, oldest first, none older than `from`; each as long as `until`, its last point, allows. Months as YYYY-MM. */
export function cohortsOf(steps: readonly Step[], from: string, until: string): Cohort[] {
	const [first, last] = [monthNumber(from), monthNumber(until)];
	return [...Map.groupBy(steps, ({ cohort }) => cohort)]
		.filter(([month]) => monthNumber(month) >= first && monthNumber(month) <= last)
		.toSorted(([one], [two]) => one.localeCompare(two))
		.map(([month, own]) => {
			const byMonth = new Map(own.map((step) => [monthNumber(step.month), step]));
			const cohort: Cohort = { month, cents: [], clients: [] };
			let [cents, clients] = [0, 0];
			for (let at = monthNumber(month); at <= last; at++) {
				cents += byMonth.get(at)?.cents ?? 0;
				clients += byMonth.get(at)?.clients ?? 0;
				cohort.cents.push(cents);
				cohort.clients.push(clients);
			}
			return cohort;
		});
}

/**
 * Cohorts taken together, `size` months to one (3: quarters), the n-th month of each: as far as the youngest has come, so that every
 * figure stands on all of its clients. Groups begin with the calendar's quarters and years.
 */
export function groupCohorts(cohorts: readonly Cohort[], size: number): Cohort[] {
	return [...Map.groupBy(cohorts, ({ month }) => Math.floor(monthNumber(month) / size))].map(([group, own]) => {
		const length = Math.min(...own.map(({ cents }) => cents.length));
		const sum = (of: (cohort: Cohort) => number[]): number[] =>
			Array.from({ length }, (_, at) => own.reduce((total, cohort) => total + (of(cohort)[at] ?? 0), 0));
		return { month: monthName(group * size), cents: sum(({ cents }) => cents), clients: sum(({ clients }) => clients) };
	});
}

/** Shares of the first month; null where the cohort had nothing. */
export const sharesOf = (values: readonly number[]): (number | null)[] => values.map((value) => ((values[0] ?? 0) > 0 ? value / (values[0] as number) : null));

/** All cohorts together `months` after their beginning, those that have come so far: retained and base, for a share with its n. */
export function totalAt(cohorts: readonly Cohort[], months: number): { cents: number; baseCents: number; clients: number; baseClients: number } {
	const old = cohorts.filter(({ cents }) => cents.length > months);
	const sum = (of: (cohort: Cohort) => number): number => old.reduce((total, cohort) => total + of(cohort), 0);
	return {
		cents: sum(({ cents }) => cents[months] ?? 0),
		baseCents: sum(({ cents }) => cents[0] ?? 0),
		clients: sum(({ clients }) => clients[months] ?? 0),
		baseClients: sum(({ clients }) => clients[0] ?? 0),
	};
}
