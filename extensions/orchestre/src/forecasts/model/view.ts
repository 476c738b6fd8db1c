import type { DealHistory, DealVersion, History, LiveSubscription, OpenDeal } from './types.ts';

const byId = <T extends { id: string }>(rows: readonly T[]): T[] => rows.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));

/** The last version known on the evening of a day. */
const versionOn = ({ versions }: DealHistory, day: number): DealVersion | undefined => versions.findLast((version) => version.day <= day);

const isOpenOn = ({ closedDay }: DealHistory, day: number): boolean => closedDay === null || closedDay > day;

/**
 * The deals as they stood before a day began: open ones with the last stage, amount and date that were known, whatever they have become
 * since. In order of their ids, so that the order of rows changes nothing. `isNow`: today's given probabilities may be used.
 */
export function openDealsOn(history: History, day: number, isNow: boolean): OpenDeal[] {
	return byId(history.deals).flatMap((deal) => {
		const version = versionOn(deal, day - 1);
		if (!version || !isOpenOn(deal, day - 1)) return [];
		const { id, owner, team, given } = deal;
		const { day: since, ...known } = version;
		return [{ id, owner, team, since, ...known, given: isNow ? given : null }];
	});
}

/** Deals that had closed before a day began. */
export const closedBefore = (history: History, day: number): DealHistory[] =>
	byId(history.deals).filter(({ closedDay }) => closedDay !== null && closedDay < day);

/** Monthly revenue of a subscription on a day, as it was known on another. */
export function mrrOn({ changes }: { changes: History['subscriptions'][number]['changes'] }, day: number, knownDay = Infinity): number {
	let mrr = 0;
	let at = -Infinity;
	for (const change of changes) {
		if (change.day > day || change.knownDay > knownDay || change.day < at) continue;
		mrr = change.mrrCents;
		at = change.day;
	}
	return mrr;
}

/** Subscriptions that bring in money on a day, with the end that is known by then. */
export function liveOn(history: History, day: number): LiveSubscription[] {
	return byId(history.subscriptions).flatMap((subscription) => {
		const mrrCents = mrrOn(subscription, day - 1, day - 1);
		const { id, owner, team, endsDay, endKnownDay } = subscription;
		const isKnown = endsDay !== null && endKnownDay !== null && endKnownDay < day;
		return mrrCents > 0 ? [{ id, owner, team, mrrCents, endsDay: isKnown ? endsDay : null }] : [];
	});
}
