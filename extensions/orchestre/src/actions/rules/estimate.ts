import { starts, type Topic } from './topics.ts';
import type { ActionSettings, Estimate, Habits, Tally } from './types.ts';

/** Ten known outcomes on each side, and the estimate is called measured. */
export const measuredFrom = 10;
/** From so many hold-outs on they alone are the comparison: chance chose them, not a person. */
export const heldFrom = 30;
/** Half of the normal distribution's middle 80 %. */
const z80 = 1.2816;
/** However badly a kind has done, a tenth of what was hoped for stays: an action must be seen to be measured again. */
const leastShare = 0.1;

export const emptyTally: Tally = { done: 0, doneMoved: 0, others: 0, othersMoved: 0, held: 0, heldMoved: 0 };

const share = (moved: number, all: number, start: number, prior: number): { mean: number; variance: number } => {
	const mean = (moved + start * prior) / (all + prior);
	return { mean, variance: (mean * (1 - mean)) / (all + prior + 1) };
};

/**
 * By how much doing it raises the chance that the thing moves on: the share that moved on after “done” less the share that did without,
 * each a beta posterior drawn towards the start values with the weight of `prior` cases (Gelman et al., Bayesian Data Analysis, 2.4). The
 * interval is the middle 80 % of their difference (normal approximation). Who does an action chooses it: only hold-outs make it a cause.
 */
export function estimateOf(topic: Topic, tally: Tally, { prior, starts: own }: Pick<ActionSettings, 'prior' | 'starts'>): Estimate {
	const start = starts[topic];
	const gain = own.get(topic)?.gain ?? start.gain;
	const byChance = tally.held >= heldFrom;
	const others = byChance ? tally.held : tally.others;
	const othersMoved = byChance ? tally.heldMoved : tally.othersMoved;
	const after = share(tally.doneMoved, tally.done, Math.min(1, start.base + gain), prior);
	const without = share(othersMoved, others, start.base, prior);
	const spread = z80 * Math.sqrt(after.variance + without.variance);
	const mean = Math.max(after.mean - without.mean, leastShare * gain);
	return {
		gain: mean,
		low: Math.max(0, mean - spread),
		high: Math.min(1, mean + spread),
		origin: tally.done >= measuredFrom && others >= measuredFrom ? 'measured' : 'start',
		done: tally.done,
		others,
		held: byChance ? tally.held : 0,
	};
}

/** How much a refusal says about the kind of action: “already done” is no dislike, “not now” hardly. */
const dislike: Readonly<Record<string, number>> = { already_done: 0, not_now: 0.25, other: 0.5, wrong: 1, not_worth: 1 };
/** The weight of a person without a history, in answers. */
const habitPrior = 4;
/** A kind is never halved more than once for a person: what they dislike may still be what is worth most. */
export const leastFactor = 0.5;

/** What one person's answers make of a kind for them: 1, or less down to a half. */
export function factorOf({ done, refused }: Habits): number {
	const against = Object.entries(refused).reduce((sum, [reason, n]) => sum + n * (dislike[reason] ?? dislike['other'] ?? 0), 0);
	return Math.max(leastFactor, (habitPrior + done) / (habitPrior + done + against));
}
