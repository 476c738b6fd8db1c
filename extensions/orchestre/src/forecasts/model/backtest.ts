import { monthIndex, monthsFrom } from './months.ts';
import { forecast } from './simulate.ts';
import type { History, Kind, Month, ScopeKind } from './types.ts';
import { mrrOn } from './view.ts';

type Scope = { scope: ScopeKind; key: string };

/**
 * One forecast of the past beside what came of it; cents. `horizon`: months ahead, 0 the month that had just begun. Two plain rivals: the
 * `naive` weighted sum, and `recent`, the mean of the three months before.
 */
export type Trial = Scope & { madeOn: number; month: Month; horizon: number; kind: Kind; p10: number; p50: number; p90: number; naive: number; recent: number; actual: number }; // prettier-ignore

/**
 * How good forecasts were: mean absolute percentage error of the median and of its rivals (months that brought nothing have no percentage and are left
 * out), bias (sum of forecasts ÷ sum of actuals − 1), and how many actuals lay within P10–P90 (80 % if the bands are honest). Shares; null where
 * nothing can be said. `horizon` null: over all of them.
 */
export type Quality = { horizon: number | null; trials: number; mape: number | null; naiveMape: number | null; recentMape: number | null; bias: number | null; naiveBias: number | null; coverage: number | null }; // prettier-ignore

const belongs =
	({ scope, key }: Scope) =>
	({ owner, team }: { owner: string | null; team: string | null }): boolean =>
		scope === 'company' || (scope === 'team' ? team : owner) === key;

/** What a month really brought a scope: signatures, and the revenue of subscriptions that had begun before the forecast. */
export function actualOf(history: History, { start, end }: Month, madeOn: number, kind: Kind, scope: Scope): number {
	const mine = belongs(scope);
	const wins = history.deals.filter((deal) => deal.won && deal.closedDay !== null && deal.closedDay >= start && deal.closedDay <= end && mine(deal));
	const signed = (isKnown: boolean): number =>
		wins.filter(({ versions }) => (versions[0]?.day ?? 0) < madeOn === isKnown).reduce((sum, { amountCents }) => sum + amountCents, 0);
	const recurring = (): number =>
		history.subscriptions
			.filter((one) => mine(one) && mrrOn(one, madeOn - 1, madeOn - 1) > 0)
			.reduce((sum, one) => sum + (one.endsDay !== null && one.endsDay <= end ? 0 : mrrOn(one, end)), 0);
	if (kind === 'pipeline') return signed(true);
	if (kind === 'new_business') return signed(false);
	return kind === 'recurring' ? recurring() : signed(true) + signed(false) + recurring();
}

/** The mean of the three whole months before a day: the simplest forecast of all. */
function recentMean(history: History, day: number, kind: Kind, scope: Scope): number {
	const months = monthsFrom(day, 3, -3);
	const mine = belongs(scope);
	const signed = history.deals.filter((deal) => deal.won && deal.closedDay !== null && mine(deal) && monthIndex(months, deal.closedDay) >= 0).reduce((sum, { amountCents }) => sum + amountCents, 0) / 3; // prettier-ignore
	const recurring = history.subscriptions.filter(mine).reduce((sum, one) => sum + mrrOn(one, day - 1, day - 1), 0);
	return kind === 'recurring' ? recurring : kind === 'total' ? signed + recurring : signed;
}

export type Replay = { origins: number; months: number; draws: number; seed: number; firstDay: number; scopes: readonly ScopeKind[] };

/** Makes the forecast of each of the `origins` months before the day's month as it would have been made on its first day, from `firstDay` on. */
export function replay(history: History, day: number, { origins, months, draws, seed, firstDay, scopes }: Replay): Trial[] {
	const trials: Trial[] = [];
	for (const { start } of monthsFrom(day, origins, -origins)) {
		if (start < firstDay) continue;
		const horizons = new Map(monthsFrom(start, months).map((month, index) => [month.start, index]));
		const { forecasts } = forecast({ history, day: start, months, draws, seed, scopes, isNow: false });
		for (const one of forecasts) {
			if (one.month.end >= day || (one.kind !== 'total' && one.scope !== 'company')) continue;
			trials.push({
				...one,
				madeOn: start,
				horizon: horizons.get(one.month.start) ?? 0,
				recent: Math.round(recentMean(history, start, one.kind, one)),
				actual: actualOf(history, one.month, start, one.kind, one),
			});
		}
	}
	return trials;
}

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

function qualityOf(trials: readonly Trial[], horizon: number | null): Quality {
	const real = trials.filter(({ actual }) => actual > 0);
	const total = trials.reduce((sum, { actual }) => sum + actual, 0);
	const off = (of: 'p50' | 'naive' | 'recent'): number | null => mean(real.map((trial) => Math.abs(trial[of] - trial.actual) / trial.actual));
	const lean = (of: 'p50' | 'naive'): number | null => (total > 0 ? trials.reduce((sum, trial) => sum + trial[of], 0) / total - 1 : null);
	return {
		horizon,
		trials: trials.length,
		mape: off('p50'),
		naiveMape: off('naive'),
		recentMape: off('recent'),
		bias: lean('p50'),
		naiveBias: lean('naive'),
		coverage: mean(trials.map(({ p10, p90, actual }) => (actual >= p10 && actual <= p90 ? 1 : 0))),
	};
}

/** The quality over all horizons first, then of each. */
export function assess(trials: readonly Trial[]): Quality[] {
	const horizons = [...new Set(trials.map(({ horizon }) => horizon))].toSorted((one, other) => one - other);
	const at = (wanted: number): Trial[] => trials.filter(({ horizon }) => horizon === wanted);
	return [qualityOf(trials, null), ...horizons.map((horizon) => qualityOf(at(horizon), horizon))];
}
