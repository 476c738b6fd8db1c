import type { Usage } from './types.ts';

/** Days that a trend is measured over, and how far it is followed for users. */
export const trendDays = { quantity: 28, actors: 30 } as const;
const horizonDays = 90;
/** A tenth less than before is no chance of the calendar any more. */
const fallingShare = 0.9;

export type UsageFacts = {
	measure: 'quantity' | 'actors';
	unit: string;
	/** Pieces, not thousandths. */
	included: number;
	/** Since the period began, in the last 28 days, and in the 28 before. */
	used: number;
	recent: number;
	recentBefore: number;
	/** Distinct users of the last 30 days, and of the 30 before. */
	actors: number;
	actorsBefore: number;
	/** Last day of the running period. */
	periodEnd: number;
};

/** The first whole day on which `left` is used up at `perDay`; null when that is not before `last`. */
function exhaustedOn(left: number, perDay: number, today: number, last: number): number | null {
	if (perDay <= 0) return null;
	const day = today + Math.max(1, Math.ceil(left / perDay));
	return day <= last ? day : null;
}

/**
 * What a client uses of its plan, and when the trend passes it. Quantities add up over the billing period, at the pace of the last four
 * weeks; users are those seen in 30 days, growing as they did against the 30 days before.
 */
export function usageOf(facts: UsageFacts, today: number): Usage | null {
	const { measure, unit, included } = facts;
	if (included <= 0) return null;
	if (measure === 'actors') {
		const growth = (facts.actors - facts.actorsBefore) / trendDays.actors;
		const isOver = facts.actors >= included;
		// One month seen is no trend yet.
		const perDay = facts.actorsBefore > 0 ? growth : 0;
		return {
			measure,
			unit,
			included,
			used: facts.actors,
			exceededOn: isOver ? null : exhaustedOn(included - facts.actors, perDay, today, today + horizonDays),
			isFalling: facts.actors < facts.actorsBefore * fallingShare,
		};
	}
	const isOver = facts.used >= included;
	const perDay = facts.recent / trendDays.quantity;
	return {
		measure,
		unit,
		included,
		used: facts.used,
		exceededOn: isOver ? null : exhaustedOn(included - facts.used, perDay, today, facts.periodEnd),
		isFalling: facts.recent < facts.recentBefore * fallingShare,
	};
}

/** Whether a plan is about to be too small: used by `share`, or passed by the trend; never while the client uses less and less. */
export const isTight = ({ used, included, exceededOn, isFalling }: Usage, share: number): boolean =>
	!isFalling && (used >= included * share || exceededOn !== null);

/**
 * How much more to offer: a fifth of the plan, and at least what is used beyond it; whole units. Never more than the plan itself: usage
 * at many times the plan is first a measure to check or a contract to talk about, not an offer to send.
 */
export function extraUnits({ used, included }: Usage): { units: number; isCapped: boolean } {
	const wanted = Math.max(Math.ceil(included * 0.2), Math.ceil(used - included), 1);
	const most = Math.max(1, Math.floor(included));
	return { units: Math.min(wanted, most), isCapped: wanted > most };
}
