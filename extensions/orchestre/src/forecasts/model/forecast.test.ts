import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../learners/random.ts';
import { makeInThread } from '../thread.ts';
import { actualOf, assess, replay } from './backtest.ts';
import { drawBeta, drawGamma, drawPoisson, quantile } from './draws.ts';
import { chanceFrom, incidenceOf, weeksToWin, winAfterBirth, type Spell } from './incidence.ts';
import { firstDay, someMonday, steadyCompany } from './made-up.ts';
import { make } from './make.ts';
import { monthsFrom } from './months.ts';
import { forecast, type Order } from './simulate.ts';
import type { History, MonthForecast } from './types.ts';
import { openDealsOn } from './view.ts';

const orderOf = (history: History, over: Partial<Order> = {}): Order => ({ history, day: someMonday, months: 3, draws: 300, seed: 7, scopes: ['company'], isNow: true, ...over }); // prettier-ignore
const totals = (history: History, over: Partial<Order> = {}): MonthForecast[] =>
	forecast(orderOf(history, over)).forecasts.filter(({ kind }) => kind === 'total');

const shuffled = (history: History): History => ({ deals: history.deals.toReversed(), subscriptions: history.subscriptions.toReversed() });
const renamed = (history: History): History => ({
	...history,
	deals: history.deals.map((deal) => ({ ...deal, versions: deal.versions.map((version) => ({ ...version, stage: `étape ${version.stage}` })) })),
});

describe('the forecast', () => {
	const company = steadyCompany();

	it('is the same to the bit for the same history, in a thread too, and another seed draws otherwise', async () => {
		const small = steadyCompany({ days: 400, perWeek: 2 });
		const made = make(small, firstDay + 390, 3);
		expect(await makeInThread(small, firstDay + 390, 3)).toEqual(made);
		expect(make(small, firstDay + 390, 4).forecasts).not.toEqual(made.forecasts);
	});
	it('does not depend on the order of rows nor on what stages are called', () => {
		expect(totals(shuffled(company))).toEqual(totals(company));
		expect(totals(renamed(company))).toEqual(totals(company));
	});
	it('uses no fact of the day itself or later', () => {
		const known = company.deals.filter(({ versions }) => (versions[0]?.day ?? 0) < someMonday);
		const blind = known.map((deal) => ({
			...deal,
			...(deal.closedDay !== null && deal.closedDay >= someMonday && { closedDay: someMonday + 3, won: !deal.won }),
			versions: deal.versions.filter(({ day }) => day < someMonday),
		}));
		expect(totals({ ...company, deals: blind })).toEqual(totals(company));
	});
	it('has its bands in order, and brings more when every deal is worth more', () => {
		const richer = steadyCompany({ amountCents: 2_000_000 });
		for (const [index, one] of totals(company).entries()) {
			expect(one.p10).toBeLessThanOrEqual(one.p50);
			expect(one.p50).toBeLessThanOrEqual(one.p90);
			expect(totals(richer)[index]?.p50).toBeGreaterThan(one.p50);
		}
	});
	it('gives each person and team their own, and says what a given probability says', () => {
		const forecasts = forecast(orderOf(company, { scopes: ['company', 'team', 'person'] })).forecasts.filter(({ kind }) => kind === 'total');
		expect([...new Set(forecasts.map(({ scope, key }) => `${scope}:${key}`))].toSorted()).toEqual([
			'company:company',
			'person:lea',
			'person:paul',
			'team:north',
			'team:south',
		]);
		const sure = { ...company, deals: company.deals.map((deal) => ({ ...deal, given: 0.99 })) };
		const sum = (all: readonly MonthForecast[]): number => all.reduce((total, { p50 }) => total + p50, 0);
		expect(sum(totals(sure))).toBeGreaterThan(sum(totals(company)) * 1.1);
		expect(totals(sure, { isNow: false })).toEqual(totals(company, { isNow: false }));
	});
	it('counts what was signed this month already as certain', () => {
		const day = someMonday + 20;
		const signed = company.deals
			.filter(({ won, closedDay }) => won && closedDay !== null && closedDay >= someMonday && closedDay < day)
			.reduce((sum, { amountCents }) => sum + amountCents, 0);
		expect(signed).toBeGreaterThan(0);
		const [pipeline] = forecast(orderOf(company, { day })).forecasts;
		expect(pipeline?.kind).toBe('pipeline');
		expect(pipeline?.p10).toBeGreaterThanOrEqual(signed);
	});
	it('of a company without history is its pipeline by the stages’ own probabilities', () => {
		const [deal] = company.deals;
		if (!deal) throw new Error('no deal');
		const version = { day: someMonday - 5, stage: 'one', amountCents: 1_000_000, probability: 0.5, closeDay: someMonday + 10 };
		const deals = Array.from({ length: 200 }, (_, index) => ({ ...deal, id: `new-${index}`, versions: [version], closedDay: null, won: false }));
		const made = forecast(orderOf({ deals, subscriptions: [] }, { months: 12 }));
		expect(made.learnt.byDate.events).toBe(0);
		const sum = made.forecasts.filter(({ kind }) => kind === 'pipeline').reduce((total, { p50 }) => total + p50, 0);
		expect(sum / 200_000_000).toBeGreaterThan(0.35);
		expect(sum / 200_000_000).toBeLessThan(0.6);
	});
	it('of nothing is nothing', () => expect(forecast(orderOf({ deals: [], subscriptions: [] })).forecasts).toEqual([]));
});

describe('the back-test', () => {
	const company = steadyCompany({ days: 900, perWeek: 8 });
	const trials = replay(company, firstDay + 880, { origins: 12, months: 4, draws: 200, seed: 5, firstDay: firstDay + 180, scopes: ['company'] });
	const [overall, ...horizons] = assess(trials.filter(({ kind }) => kind === 'total'));

	it('of a steady company finds what comes, within honest bands, and beats the weighted sum', () => {
		expect(overall?.mape).toBeLessThan(0.3);
		expect(Math.abs(overall?.bias ?? 1)).toBeLessThan(0.12);
		expect(overall?.coverage).toBeGreaterThan(0.65);
		expect(overall?.mape).toBeLessThan(overall?.naiveMape ?? 0);
		expect(horizons.map(({ horizon }) => horizon)).toEqual([0, 1, 2, 3]);
	});
	it('looks only at months that are over, and never before its first day', () => {
		expect(trials.every(({ month, madeOn }) => month.end < firstDay + 880 && madeOn >= firstDay + 180 && madeOn <= month.start)).toBe(true);
	});
	it('splits what came into what was known and what was not', () => {
		const [month] = monthsFrom(someMonday, 1);
		if (!month) throw new Error('no month');
		const of = (kind: 'pipeline' | 'new_business' | 'recurring' | 'total'): number =>
			actualOf(company, month, someMonday, kind, { scope: 'company', key: 'company' });
		expect(of('total')).toBe(of('pipeline') + of('new_business') + of('recurring'));
		expect(of('recurring')).toBe(1_000_000);
	});
	it('says nothing of quality where nothing was tried', () => expect(assess([])[0]).toMatchObject({ trials: 0, mape: null, coverage: null, bias: null }));
});

describe('the curve of wins', () => {
	/** Ten of forty win in week 2, ten lose in week 4, twenty stay open through week 30. */
	const spells: Spell[] = Array.from({ length: 40 }, (_, index) => (index < 10 ? { from: 0, to: 2, end: 'won' } : index < 20 ? { from: 0, to: 4, end: 'lost' } : { from: 0, to: 30, end: 'open' })); // prettier-ignore
	const more = [...spells, ...spells];
	it('counts those that stay open as being at risk, and those that came late only from then on', () => {
		expect(chanceFrom(incidenceOf(more), 0)).toBeCloseTo(0.25, 10);
		expect(chanceFrom(incidenceOf(more), 3)).toBeCloseTo(0, 10);
		const late = [...more, ...Array.from({ length: 80 }, (): Spell => ({ from: 3, to: 30, end: 'open' }))];
		expect(chanceFrom(incidenceOf(late), 0)).toBeCloseTo(0.25, 10);
		expect(incidenceOf(late.toReversed())).toEqual(incidenceOf(late));
	});
	it('draws the week of a win from where a deal stands', () => {
		const curve = incidenceOf(more);
		expect([0, 0.5, 0.999].map((share) => weeksToWin(curve, 0, share))).toEqual([2, 2, 2]);
		expect(weeksToWin(curve, 1, 0.5)).toBe(1);
		expect(weeksToWin(curve, -5, 0.5)).toBe(7);
		expect(winAfterBirth(curve, 0.1)).toBe(2);
		expect(winAfterBirth(curve, 0.3)).toBeNull();
	});
	it('is assumed with few wins', () => expect(incidenceOf(spells).events).toBe(0));
});

describe('draws', () => {
	const random = randomFrom(11);
	const mean = (count: number, one: () => number): number => Array.from({ length: count }, one).reduce((sum, value) => sum + value, 0) / count;
	it('have the means of their distributions', () => {
		expect(mean(20_000, () => drawGamma(3, random))).toBeCloseTo(3, 1);
		expect(mean(20_000, () => drawGamma(0.4, random))).toBeCloseTo(0.4, 1);
		expect(mean(20_000, () => drawBeta(2, 6, random))).toBeCloseTo(0.25, 2);
		expect(mean(20_000, () => drawPoisson(4, random))).toBeCloseTo(4, 1);
		expect(mean(5000, () => drawPoisson(90, random)) / 90).toBeCloseTo(1, 1);
	});
	it('and quantiles lie between neighbours', () => {
		expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
		expect(quantile([5], 0.9)).toBe(5);
	});
});

it('sees an open deal as it was known then', () => {
	const [deal] = steadyCompany().deals;
	if (!deal) throw new Error('no deal');
	const born = deal.versions[0]?.day ?? 0;
	const history = { deals: [{ ...deal, closedDay: born + 50, won: true }], subscriptions: [] };
	expect(openDealsOn(history, born, false)).toEqual([]);
	expect(openDealsOn(history, born + 1, false)).toMatchObject([{ stage: 'one', probability: 0.3 }]);
	expect(openDealsOn(history, born + 26, false)).toMatchObject([{ stage: 'two', probability: 0.6 }]);
	expect(openDealsOn(history, born + 51, false)).toEqual([]);
});
