import { wilson } from '../../interval.ts';

/** What became of a number of episodes. */
export type Arm = { n: number; saved: number };

/** Shares of 1. `difference`: treated − held out, with its 95 % interval. */
export type Uplift = { treated: number; control: number; difference: number; low: number; high: number };

/** Episodes with a known outcome that both arms need. */
export const leastPerArm = 20;

/**
 * The difference of two shares with Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, method 10); null while an arm has
 * fewer than `leastPerArm` episodes.
 */
export function upliftOf(treated: Arm, control: Arm): Uplift | null {
	if (treated.n < leastPerArm || control.n < leastPerArm) return null;
	const [p1, p2] = [treated.saved / treated.n, control.saved / control.n];
	const [one, two] = [wilson(p1, treated.n), wilson(p2, control.n)];
	const difference = p1 - p2;
	return {
		treated: p1,
		control: p2,
		difference,
		low: difference - Math.hypot(p1 - one.low, two.high - p2),
		high: difference + Math.hypot(one.high - p1, p2 - two.low),
	};
}
