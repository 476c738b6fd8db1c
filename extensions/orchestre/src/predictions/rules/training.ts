import type { Sample } from '../../learners/develop.ts';
import { estimate } from '../../learners/assess/estimate.ts';
import type { Cell, Table } from '../../learners/table.ts';
import type { Subject } from './types.ts';

/** A history and the moment at which it is looked at. */
export type Look<History> = { history: History; at: number };

/** The facts of each look as a table; columns in the order of the features. */
export function tableOf<History>({ features }: Subject<History>, looks: readonly Look<History>[]): Table {
	return {
		fields: features.map(({ name, kind }) => ({ name, kind })),
		columns: features.map(({ of }): Cell[] => looks.map(({ history, at }) => of(history, at))),
		rows: looks.length,
		at: looks.map(({ at }) => at),
	};
}

/** `matured`: their horizon is over, so the outcome is known; `recent`: it is not, so they only say what the world looks like now. */
export type Looks<History> = { matured: Look<History>[]; recent: Look<History>[] };

/** The looks at each history that was open at its cut-offs. */
export function looksOf<History>(
	subject: Subject<History>,
	histories: readonly History[],
	{ now, horizonMs }: { now: number; horizonMs: number },
): Looks<History> {
	const looks: Looks<History> = { matured: [], recent: [] };
	for (const history of histories) {
		for (const at of subject.cutOffs(history)) if (at <= now) looks[at + horizonMs <= now ? 'matured' : 'recent'].push({ history, at });
	}
	return looks;
}

/** Facts before each cut-off, and whether it was won or converted when the horizon was over. */
export function sampleOf<History>(subject: Subject<History>, looks: readonly Look<History>[], horizonMs: number): Sample {
	return {
		table: tableOf(subject, looks),
		labels: looks.map(({ history, at }) => Number(subject.isWonAt(history, at + horizonMs, at))),
		points: looks.map(({ history, at }) => subject.pointsAt(history, at)),
	};
}

/** How many of the things in a group were won, and the share drawn towards the company's own. Shares are parts of 1. */
export type GroupRate = { won: number; lost: number; value: number; low: number; high: number };

/** Outcomes that a rate of few cases needs at least to say anything. */
export const leastForRate = 10;

/** Rates by group and overall (`all`); overall rates are drawn towards one half with the weight of ten outcomes, groups towards the overall one. */
export function ratesOf<History>(subject: Subject<History>, looks: readonly Look<History>[], labels: ArrayLike<number>): Record<string, GroupRate> {
	const counts = new Map<string, { won: number; lost: number }>();
	looks.forEach(({ history, at }, index) => {
		for (const group of ['all', subject.groupAt(history, at)]) {
			const count = counts.get(group) ?? { won: 0, lost: 0 };
			count[labels[index] === 1 ? 'won' : 'lost'] += 1;
			counts.set(group, count);
		}
	});
	const all = counts.get('all');
	if (!all || all.won + all.lost < leastForRate) return {};
	const prior = estimate(all.won, all.lost).value;
	return Object.fromEntries(
		[...counts].map(([group, { won, lost }]) => {
			const { value, low, high } = group === 'all' ? estimate(won, lost) : estimate(won, lost, { prior });
			return [group, { won, lost, value, low, high }];
		}),
	);
}
