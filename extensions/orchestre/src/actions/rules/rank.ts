import { counted } from '../../platform/text.ts';
import { starts } from './topics.ts';
import type { ActionSettings, Candidate, Estimate, Line, Ranked } from './types.ts';

const largest = 2_147_483_647;
const cents = (value: number): number => Math.min(largest, Math.max(0, Math.round(value)));
const points = (share: number): string => counted(Math.round(share * 1000) / 10, 'point', 'points');

/** The expected value in lines that sum to it: what we start from, what outcomes have taught, what this person's answers make of it. */
function linesOf(candidate: Candidate, estimate: Estimate, startGain: number, factor: number): Line[] {
	const { stakeCents, stakeText, givenCents } = candidate;
	const start = cents(givenCents ?? stakeCents * startGain);
	const lines: Line[] = [{ text: givenCents === null ? `${stakeText}, gain estimé au départ : ${points(startGain)}` : stakeText, cents: start }];
	const learnt = cents((start * estimate.gain) / startGain);
	if (learnt !== start)
		lines.push({
			text: `Ce qui est arrivé depuis : ${points(estimate.gain)} (${counted(estimate.done + estimate.others, 'cas', 'cas')})`,
			cents: learnt - start,
		});
	const own = cents(learnt * factor);
	if (own !== learnt) lines.push({ text: 'Vous écartez souvent ce type d’action', cents: own - learnt });
	return lines;
}

/** Expected value, its range and its value a minute. `factor`: from the person's own answers (estimate.ts). */
export function rank(candidate: Candidate, estimate: Estimate, factor: number, settings: Pick<ActionSettings, 'starts'>): Ranked {
	const own = settings.starts.get(candidate.topic);
	const startGain = own?.gain ?? starts[candidate.topic].gain;
	const spentMinutes = Math.max(1, candidate.minutes ?? own?.minutes ?? starts[candidate.topic].minutes);
	const lines = linesOf(candidate, estimate, startGain, factor);
	const expectedCents = lines.reduce((sum, line) => sum + line.cents, 0);
	const at = (gain: number): number => cents(estimate.gain === 0 ? 0 : (expectedCents * gain) / estimate.gain);
	return {
		...candidate,
		estimate,
		spentMinutes,
		lines,
		expectedCents,
		lowCents: at(estimate.low),
		highCents: at(estimate.high),
		priority: cents(expectedCents / spentMinutes),
	};
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The order of a list: value a minute, then the larger value, the shorter work, and what only decides ties: kind, record, occasion. */
export function compare(one: Ranked, other: Ranked): number {
	return (
		other.priority - one.priority ||
		other.expectedCents - one.expectedCents ||
		one.spentMinutes - other.spentMinutes ||
		compareText(one.topic, other.topic) ||
		compareText(`${one.record.collection}:${one.record.id}`, `${other.record.collection}:${other.record.id}`) ||
		compareText(one.anchor, other.anchor)
	);
}
