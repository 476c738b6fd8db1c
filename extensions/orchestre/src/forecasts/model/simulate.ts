import { randomFrom } from '../../learners/random.ts';
import { drawBeta, drawGamma, drawNormal, drawPoisson, quantile, type Random } from './draws.ts';
import { chanceFrom, weeksToWin, winAfterBirth } from './incidence.ts';
import { learn, type Learnt, type Whose } from './learn.ts';
import { monthIndex, monthsFrom } from './months.ts';
import { kinds, type History, type Kind, type LiveSubscription, type Month, type MonthForecast, type OpenDeal, type ScopeKind } from './types.ts';
import { liveOn, openDealsOn } from './view.ts';

export type Order = { history: History; day: number; months: number; draws: number; seed: number; scopes: readonly ScopeKind[]; isNow: boolean };

/** Weight of what a stage's configured probability says, in deals. */
const priorDeals = 10;
/** Common error of chances on the scale of log odds: what moves all deals of a draw together. */
const commonError = 0.2;

const logit = (p: number): number => Math.log(p / (1 - p));
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const clamp = (p: number): number => Math.min(0.99, Math.max(0.005, p));

type Sums = Record<Exclude<Kind, 'total'>, Float64Array>;
type Book = { scope: ScopeKind; key: string; sums: Sums; naive: Record<keyof Sums, number[]> };

/** One scope's sums: by kind, month after month, a number a draw. */
class Ledger {
	readonly #months: number;
	readonly #draws: number;
	readonly #scopes: readonly ScopeKind[];
	readonly #known = new Map<Whose, Book[]>();
	readonly books = new Map<string, Book>();

	constructor(months: number, draws: number, scopes: readonly ScopeKind[]) {
		[this.#months, this.#draws, this.#scopes] = [months, draws, scopes];
	}

	#book(scope: ScopeKind, key: string): Book {
		const name = `${scope}:${key}`;
		let book = this.books.get(name);
		if (!book) {
			const size = this.#months * this.#draws;
			const zeros = (): number[] => Array.from({ length: this.#months }, () => 0);
			book = {
				scope,
				key,
				sums: { pipeline: new Float64Array(size), recurring: new Float64Array(size), new_business: new Float64Array(size) },
				naive: { pipeline: zeros(), recurring: zeros(), new_business: zeros() },
			};
			this.books.set(name, book);
		}
		return book;
	}

	/** The books of a deal or subscription; looked up once for each, since there are millions of entries. */
	#of(whose: Whose): Book[] {
		let books = this.#known.get(whose);
		if (!books) {
			books = this.#scopes.flatMap((scope) => {
				const key = scope === 'company' ? 'company' : scope === 'team' ? whose.team : whose.owner;
				return key ? [this.#book(scope, key)] : [];
			});
			this.#known.set(whose, books);
		}
		return books;
	}

	add(kind: keyof Sums, whose: Whose, month: number, draw: number, cents: number): void {
		for (const { sums } of this.#of(whose)) {
			const at = month * this.#draws + draw;
			sums[kind][at] = (sums[kind][at] ?? 0) + cents;
		}
	}

	addNaive(kind: keyof Sums, whose: Whose, month: number, cents: number): void {
		for (const { naive } of this.#of(whose)) naive[kind][month] = (naive[kind][month] ?? 0) + cents;
	}
}

/** A stage's win rate in this draw: from its own record and its configured probability as ten deals (a beta posterior). */
function rateOf(stage: string, configured: number, { records }: Learnt, random: Random): number {
	const { won, lost } = records.get(stage) ?? { won: 0, lost: 0 };
	const prior = clamp(configured);
	return drawBeta(won + prior * priorDeals, lost + (1 - prior) * priorDeals, random);
}

/** What of a deal is the same in every draw: its week on the curve, and the log odds of being won from there. */
type Prepared = OpenDeal & { closes: number; week: number; base: number };

function prepare(deals: readonly OpenDeal[], { byDate }: Learnt, day: number): Prepared[] {
	return deals.map((deal) => {
		const closes = deal.closeDay ?? Math.max(day, deal.since + 60);
		const week = Math.floor((day - closes) / 7);
		return { ...deal, closes, week, base: logit(clamp(chanceFrom(byDate, week))) };
	});
}

/**
 * The chance of a deal in this draw. A given one (a model's, a person's) holds with a common error. Else that of the curve at its date, moved by
 * how much better or worse its stage does than all; without a curve the stage's own rate.
 */
function chanceOf(deal: Prepared, learnt: Learnt, rates: Map<string, number>, overall: number, common: number, random: Random): number {
	if (deal.given !== null) return logistic(logit(clamp(deal.given)) + common);
	let rate = rates.get(deal.stage);
	if (rate === undefined) {
		rate = logit(clamp(rateOf(deal.stage, deal.probability, learnt, random)));
		rates.set(deal.stage, rate);
	}
	return logistic((learnt.byDate.events === 0 ? rate : deal.base + rate - overall) + common);
}

type Draw = { order: Order; learnt: Learnt; months: readonly Month[]; ledger: Ledger; random: Random; draw: number; swings: readonly number[] };

function drawPipeline(deals: readonly Prepared[], { order, learnt, months, ledger, random, draw, swings }: Draw): void {
	const rates = new Map<string, number>();
	const common = drawNormal(random) * commonError;
	const { won, lost } = learnt.overall;
	const overall = logit(clamp((won + 1) / (won + lost + 2)));
	for (const deal of deals) {
		if (random() >= chanceOf(deal, learnt, rates, overall, common, random)) continue;
		const day = order.day + 7 * weeksToWin(learnt.byDate, deal.week, random()) + Math.floor(random() * 7);
		const month = monthIndex(months, day);
		if (month >= 0) ledger.add('pipeline', deal, month, draw, deal.amountCents * (swings[month] ?? 1));
	}
}

function drawNewBusiness({ order, learnt, months, ledger, random, draw, swings }: Draw): void {
	const { arrivals, amounts, byAge } = learnt;
	if (amounts.length === 0 || arrivals.count === 0) return;
	const horizon = (months.at(-1)?.end ?? order.day) - order.day + 1;
	const coming = drawPoisson((drawGamma(arrivals.count + 0.5, random) / arrivals.days) * horizon, random);
	for (let index = 0; index < coming; index++) {
		const born = order.day + Math.floor(random() * horizon);
		const weeks = winAfterBirth(byAge, random());
		const whose = arrivals.owners[Math.floor(random() * arrivals.owners.length)];
		const amount = amounts[Math.floor(random() * amounts.length)];
		if (weeks === null || !whose || amount === undefined) continue;
		const month = monthIndex(months, born + 7 * weeks + Math.floor(random() * 7));
		if (month >= 0) ledger.add('new_business', whose, month, draw, amount * (swings[month] ?? 1));
	}
}

function drawRecurring(live: readonly LiveSubscription[], { churn }: Learnt, months: readonly Month[], draw: number, random: Random, ledger: Ledger): void {
	const rate = drawBeta(churn.ends + 0.5, churn.months - churn.ends + 20, random);
	for (const subscription of live) {
		// Months until it ends by chance; those whose end is known end then.
		const left = subscription.endsDay === null ? Math.floor(Math.log(1 - random()) / Math.log(1 - rate)) : Infinity;
		for (const [month, { end }] of months.entries()) {
			if (month >= left && month > 0) break;
			if (subscription.endsDay !== null && subscription.endsDay <= end) break;
			ledger.add('recurring', subscription, month, draw, subscription.mrrCents);
		}
	}
}

/** What most CRMs show: amount × the stage's probability in the month of the expected date (the current one, where that has passed). */
function addNaive(deals: readonly OpenDeal[], live: readonly LiveSubscription[], order: Order, months: readonly Month[], ledger: Ledger): void {
	for (const deal of deals) {
		if (deal.closeDay === null) continue;
		const month = monthIndex(months, Math.max(order.day, deal.closeDay));
		if (month >= 0) ledger.addNaive('pipeline', deal, month, deal.amountCents * deal.probability);
	}
	for (const subscription of live) for (const month of months.keys()) ledger.addNaive('recurring', subscription, month, subscription.mrrCents);
}

/** What was signed this month before the forecast was made: certain. */
function addSigned({ history, day, draws }: Order, months: readonly Month[], ledger: Ledger): void {
	for (const deal of history.deals) {
		if (!deal.won || deal.closedDay === null || deal.closedDay >= day) continue;
		const month = monthIndex(months, deal.closedDay);
		if (month < 0) continue;
		ledger.addNaive('pipeline', deal, month, deal.amountCents);
		for (let draw = 0; draw < draws; draw++) ledger.add('pipeline', deal, month, draw, deal.amountCents);
	}
}

/**
 * Revenue of the months from the day's own on: signatures of open deals, of deals that are still to come, and the recurring base.
 * Each draw has its own win rates, arrival rate and churn, so that the band holds what is not known of them as well as chance. Facts dated on
 * the day itself or later are not looked at. The same order gives the same figures to the bit.
 */
export function forecast(order: Order): { forecasts: MonthForecast[]; learnt: Learnt } {
	const { history, day, draws, scopes } = order;
	const months = monthsFrom(day, order.months);
	const learnt = learn(history, day);
	const random = randomFrom(order.seed);
	const [deals, live] = [openDealsOn(history, day, order.isNow), liveOn(history, day)];
	const ledger = new Ledger(order.months, draws, scopes);
	addNaive(deals, live, order, months, ledger);
	const prepared = prepare(deals, learnt, day);
	for (let draw = 0; draw < draws; draw++) {
		const swings = months.map(() => Math.exp(learnt.monthly * drawNormal(random) - learnt.monthly ** 2 / 2));
		const one = { order, learnt, months, ledger, random, draw, swings };
		drawPipeline(prepared, one);
		drawNewBusiness(one);
		drawRecurring(live, learnt, months, draw, random, ledger);
	}
	addSigned(order, months, ledger);
	const forecasts = [...ledger.books.values()].flatMap(({ scope, key, sums, naive }) =>
		months.flatMap((month, index) =>
			kinds.map((kind): MonthForecast => {
				const parts = kind === 'total' ? (['pipeline', 'recurring', 'new_business'] as const) : ([kind] as const);
				const values = new Float64Array(draws);
				for (const part of parts) for (let draw = 0; draw < draws; draw++) values[draw] = (values[draw] ?? 0) + (sums[part][index * draws + draw] ?? 0);
				values.sort();
				const at = (share: number): number => Math.round(quantile(values, share));
				const naiveSum = parts.reduce((sum, part) => sum + (naive[part][index] ?? 0), 0);
				return { scope, key, kind, month, p10: at(0.1), p50: at(0.5), p90: at(0.9), naive: Math.round(naiveSum) };
			}),
		),
	);
	return { forecasts, learnt };
}
