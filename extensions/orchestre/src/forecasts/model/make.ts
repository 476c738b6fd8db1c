import { assess, replay, type Quality, type Trial } from './backtest.ts';
import { forecast } from './simulate.ts';
import type { History, MonthForecast, ScopeKind } from './types.ts';

/** Months ahead, the current one included; draws of the forecast and of each of the past ones; months that are replayed. */
const [months, draws, replayDraws, origins] = [6, 2000, 400, 12];
/** History that a replay asks for before its first forecast. */
const warmUpDays = 180;

export const forecastDraws = draws;

/** What a scope's own past says of its forecast: the quality, and the forecasts a month ahead beside what came. */
export type Past = { quality: Quality[]; monthAhead: Pick<Trial, 'month' | 'p10' | 'p50' | 'p90' | 'naive' | 'actual'>[] };

export type Made = { forecasts: MonthForecast[]; past: Record<string, Past>; wins: number; isAssumed: boolean };

const scopes: readonly ScopeKind[] = ['company', 'team', 'person'];

export const scopeName = ({ scope, key }: { scope: string; key: string }): string => `${scope}:${key}`;

/** The forecast of a day with its back-test: what the page shows and the week freezes. The same history gives the same to the bit. */
export function make(history: History, day: number, seed: number): Made {
	const { forecasts, learnt } = forecast({ history, day, months, draws, seed, scopes, isNow: true });
	const born = history.deals.reduce((first, { versions }) => Math.min(first, versions[0]?.day ?? Infinity), Infinity);
	const trials = replay(history, day, { origins, months, draws: replayDraws, seed, firstDay: born + warmUpDays, scopes }).filter(
		({ kind }) => kind === 'total',
	);
	const past = Object.fromEntries(
		[...Map.groupBy(trials, scopeName)].map(([name, own]): [string, Past] => [
			name,
			{
				quality: assess(own),
				monthAhead: own.filter(({ horizon }) => horizon === 1).map(({ month, p10, p50, p90, naive, actual }) => ({ month, p10, p50, p90, naive, actual })),
			},
		]),
	);
	return { forecasts, past, wins: learnt.byDate.events, isAssumed: learnt.byDate.events === 0 };
}
