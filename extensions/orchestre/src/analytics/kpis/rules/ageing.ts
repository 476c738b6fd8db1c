/** How late what clients owe is, and in how many days sales are paid. Cents and days. */

/** Ages of a receivable, from not yet due to more than three months late; `late`: days after the due date, both included. */
export const ages = [
	{ key: 'current', late: null },
	{ key: 'd30', late: [1, 30] },
	{ key: 'd60', late: [31, 60] },
	{ key: 'd90', late: [61, 90] },
	{ key: 'older', late: [91, Infinity] },
] as const;

export type Age = (typeof ages)[number]['key'];

/** The age of what is `late` days after its due date; on the day itself it is not late yet. */
export const ageOf = (late: number): Age => ages.find((age) => age.late !== null && late >= age.late[0] && late <= age.late[1])?.key ?? 'current';

export type Ageing = Record<Age, { cents: number; count: number }>;

export const noAgeing = (): Ageing => Object.fromEntries(ages.map(({ key }) => [key, { cents: 0, count: 0 }])) as Ageing;

/** The sum of several ageings: teams make the company. */
export function addAgeings(parts: readonly Ageing[]): Ageing {
	const sum = noAgeing();
	for (const part of parts) {
		for (const { key } of ages) {
			sum[key].cents += part[key].cents;
			sum[key].count += part[key].count;
		}
	}
	return sum;
}

export const owedOf = (ageing: Ageing): number => ages.reduce((sum, { key }) => sum + ageing[key].cents, 0);
export const overdueOf = (ageing: Ageing): number => owedOf(ageing) - ageing.current.cents;

/** What was invoiced in a month, with tax, credit notes taken off; `days`: of the month, as far as it had gone. */
export type MonthOfSales = { days: number; grossCents: number };

/**
 * Days of sales that clients have not paid, by counting back (méthode par épuisement du chiffre d'affaires): the sales of the newest
 * months are taken off what is owed, a month's days for each, until nothing is left; of the last month its share. It follows the
 * season, which the balance method (owed ÷ yearly sales × 365) does not. Null when nothing was sold; of a debt that is older than
 * all months that are given, the days of all of them.
 */
export function countBack(owedCents: number, newestFirst: readonly MonthOfSales[]): number | null {
	if (newestFirst.every(({ grossCents }) => grossCents <= 0)) return null;
	let [left, days] = [owedCents, 0];
	for (const month of newestFirst) {
		if (left <= 0) break;
		// A month with more credit notes than sales covers nothing, and its days pass all the same.
		const covered = Math.max(0, month.grossCents);
		days += covered > left ? (left / covered) * month.days : month.days;
		left -= covered;
	}
	return days;
}
