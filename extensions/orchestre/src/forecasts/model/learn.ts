import { incidenceOf, type Incidence, type Spell } from './incidence.ts';
import { monthIndex, monthsFrom } from './months.ts';
import type { DealHistory, History } from './types.ts';
import { mrrOn } from './view.ts';

/** Facts older than this say little of how the company sells now; arrivals and amounts change sooner. */
const [memoryDays, arrivalDays, amountDays] = [730, 182, 365];

/** Outcomes of deals that stood in a stage. */
export type WinRecord = { won: number; lost: number };
export type Whose = { owner: string | null; team: string | null };

export type Learnt = {
	/** By stage, and over all of them. */
	records: ReadonlyMap<string, WinRecord>;
	overall: WinRecord;
	/** When open deals are won: by weeks from the expected date on, and by weeks since their birth. */
	byDate: Incidence;
	byAge: Incidence;
	/** Arrivals of the last half year: how many in how many days, and whose. */
	arrivals: { count: number; days: number; owners: readonly Whose[] };
	/** What recent wins were signed for. */
	amounts: readonly number[];
	/** Standard deviation of the logarithm by which a month differs from what its deals would make of it by chance alone. */
	monthly: number;
	/** Subscriptions over the last year: months lived, and ends. */
	churn: { months: number; ends: number };
};

const weeks = (days: number): number => Math.floor(days / 7);
const bornOn = ({ versions }: DealHistory): number => versions[0]?.day ?? Infinity;

/** How a deal ended before the day, as it was known then. */
const endBefore = ({ closedDay, won }: DealHistory, day: number): { end: Spell['end']; on: number } =>
	closedDay !== null && closedDay < day ? { end: won ? 'won' : 'lost', on: closedDay } : { end: 'open', on: day - 1 };

/** The spells of a deal against its expected date: one for each stage, as the date was moved. */
function dateSpells(deal: DealHistory, day: number): Spell[] {
	const { end, on } = endBefore(deal, day);
	const known = deal.versions.filter((version) => version.day < day && version.day <= on);
	return known.flatMap(({ day: from, closeDay }, index) => {
		if (closeDay === null) return [];
		const next = known[index + 1];
		const until = next ? next.day : on;
		return [{ from: weeks(from - closeDay), to: weeks(until - closeDay), end: next ? 'open' : end }];
	});
}

function learnRecords(deals: readonly DealHistory[], day: number): Pick<Learnt, 'records' | 'overall'> {
	const records = new Map<string, WinRecord>();
	const overall = { won: 0, lost: 0 };
	for (const deal of deals) {
		const { end, on } = endBefore(deal, day);
		if (end === 'open') continue;
		for (const stage of new Set(deal.versions.filter((version) => version.day < on).map((version) => version.stage))) {
			const known = records.get(stage) ?? { won: 0, lost: 0 };
			known[end] += 1;
			overall[end] += 1;
			records.set(stage, known);
		}
	}
	return { records, overall };
}

/**
 * How much whole months swing together (seasons, quarters, one person on holiday): variance of the log ratio of neighbouring months, halved, less
 * what chance alone makes of that many signatures. Without it the bands would be those of independent deals, and too narrow.
 */
function monthlySwing(wins: readonly DealHistory[], day: number): number {
	const months = monthsFrom(day, 12, -12);
	const sums = months.map(() => ({ total: 0, squares: 0 }));
	for (const { closedDay, amountCents } of wins) {
		const sum = sums[monthIndex(months, closedDay ?? 0)];
		if (!sum) continue;
		sum.total += amountCents;
		sum.squares += amountCents * amountCents;
	}
	const real = sums.slice(sums.findIndex(({ total }) => total > 0)).filter(({ total }) => total > 0);
	if (real.length < 4) return 0.35;
	const ratios = real.slice(1).map(({ total }, index) => Math.log(total / (real[index]?.total ?? total)));
	const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
	const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (ratios.length - 1) / 2;
	const byChance = real.reduce((sum, { total, squares }) => sum + squares / total ** 2, 0) / real.length;
	return Math.sqrt(Math.min(0.5, Math.max(0.01, variance - byChance)));
}

/** Month by month over the year before: who paid at its beginning, and who did not any more at its end. */
function learnChurn(history: History, day: number): Learnt['churn'] {
	const churn = { months: 0, ends: 0 };
	for (const subscription of history.subscriptions)
		for (let month = 1; month <= 12; month++) {
			const [from, to] = [day - 30 * month, day - 30 * (month - 1)];
			if (mrrOn(subscription, from, day - 1) <= 0) continue;
			churn.months += 1;
			if (mrrOn(subscription, to - 1, day - 1) <= 0) churn.ends += 1;
		}
	return churn;
}

/** All that the forecast needs to know of how the company sells, from facts dated before the day; the order of rows does not matter. */
export function learn(history: History, day: number): Learnt {
	const deals = history.deals
		.filter((deal) => bornOn(deal) < day && bornOn(deal) >= day - memoryDays)
		.toSorted((one, other) => bornOn(one) - bornOn(other) || (one.id < other.id ? -1 : 1));
	const wins = deals.filter((deal) => endBefore(deal, day).end === 'won');
	const recent = deals.filter((deal) => bornOn(deal) >= day - arrivalDays);
	const firstDay = deals[0] ? bornOn(deals[0]) : day;
	return {
		...learnRecords(deals, day),
		byDate: incidenceOf(deals.flatMap((deal) => dateSpells(deal, day))),
		byAge: incidenceOf(
			deals.map((deal) => {
				const { end, on } = endBefore(deal, day);
				return { from: 0, to: weeks(on - bornOn(deal)), end };
			}),
		),
		arrivals: {
			count: recent.length,
			days: Math.max(1, Math.min(arrivalDays, day - firstDay)),
			owners: recent.map(({ owner, team }) => ({ owner, team })),
		},
		amounts: wins.filter(({ closedDay }) => (closedDay ?? 0) >= day - amountDays).map(({ amountCents }) => amountCents),
		monthly: monthlySwing(wins, day),
		churn: learnChurn(history, day),
	};
}
