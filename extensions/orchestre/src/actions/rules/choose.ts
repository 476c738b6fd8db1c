import { createHash } from 'node:crypto';
import { compare } from './rank.ts';
import type { ActionSettings, Candidate, Known, Ranked } from './types.ts';

/** A thing done, and not moved by it, may come back after so many days. */
const doneDays = 3;

export const recordKey = ({ record }: Pick<Candidate, 'record'>): string => `${record.collection}:${record.id}`;

/** Names an occasion for a person, the same every day as long as it lasts. */
export const occasionKey = (one: Pick<Candidate, 'owner' | 'record' | 'topic' | 'anchor'>): string =>
	`next_action:${one.owner}:${recordKey(one)}:${one.topic}:${one.anchor}`;

/** 0–1, the same for the same text everywhere. */
const fraction = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 0x1_0000_0000;

/** Whether chance keeps this occasion off the list so that its effect can be measured; the same answer every day. Promises are never kept back. */
export const isHeldOut = (one: Candidate, share: number): boolean => !one.urgent && share > 0 && fraction(occasionKey(one)) < share;

/** What a person has said of a record, as far as it still holds today. */
function isSilenced(one: Ranked, known: readonly Known[], today: number, now: Date, { refusedDays }: Pick<ActionSettings, 'refusedDays'>): boolean {
	return known.some(({ state, topic, decidedDay, snoozedUntil, key }) => {
		if (state === 'snoozed') return snoozedUntil !== null && snoozedUntil > now;
		if (decidedDay === null) return false;
		// The same day nothing else is asked about a record, unless somebody waits.
		if ((state === 'done' || state === 'refused') && decidedDay === today && !one.urgent) return true;
		if (topic !== one.topic) return false;
		if (state === 'refused') return today - decidedDay < refusedDays;
		return state === 'done' && (today - decidedDay < doneDays || key === occasionKey(one)) && today - decidedDay < refusedDays;
	});
}

export type Chosen = { shown: Ranked[]; held: Ranked[] };

/**
 * One person's list of today. `known`: this person's rows that are open, put off, or were answered lately. Urgent things first get their
 * place, then whatever is worth most a minute; at most `perDay` things and `minutesPerDay`, what was done or refused today counted in. At
 * least one thing is shown however long it takes. During the day (`keeps`) what is on the list stays on it as long as it holds; `fixed`: what
 * is on it and is not looked at this time.
 */
export function choose(
	ranked: readonly Ranked[],
	known: readonly Known[],
	settings: Pick<ActionSettings, 'perDay' | 'minutesPerDay' | 'refusedDays' | 'holdOut'>,
	{ today, now, keeps, fixed = { places: 0, minutes: 0 } }: { today: number; now: Date; keeps: boolean; fixed?: { places: number; minutes: number } },
): Chosen {
	const byRecord = Map.groupBy(known, ({ record }) => record);
	const open = new Set(known.filter(({ state, holdOut }) => state === 'open' && !holdOut).map(({ key }) => key));
	const best = new Map<string, Ranked>();
	for (const one of ranked.toSorted(compare)) {
		if (isSilenced(one, byRecord.get(recordKey(one)) ?? [], today, now, settings)) continue;
		const key = recordKey(one);
		const before = best.get(key);
		if (!before || (one.urgent && !before.urgent)) best.set(key, one);
	}
	const order = [...best.values()].toSorted(compare);
	const held = order.filter((one) => isHeldOut(one, settings.holdOut) && !open.has(occasionKey(one)));
	const isHeld = new Set(held);
	const answered = known.filter(({ decidedDay, state, holdOut }) => decidedDay === today && !holdOut && (state === 'done' || state === 'refused'));
	let places = settings.perDay - answered.length - fixed.places;
	let minutes = settings.minutesPerDay - fixed.minutes - answered.reduce((sum, one) => sum + one.minutes, 0);
	const chosen = new Set<Ranked>();
	const take = (one: Ranked): void => {
		chosen.add(one);
		places -= 1;
		minutes -= one.spentMinutes;
	};
	const free = order.filter((one) => !isHeld.has(one));
	if (keeps) for (const one of free) if (open.has(occasionKey(one))) take(one);
	for (const isUrgent of [true, false])
		for (const one of free) {
			if (one.urgent !== isUrgent || chosen.has(one) || places <= 0) continue;
			const isFirst = chosen.size + answered.length + fixed.places === 0;
			if (one.spentMinutes <= minutes || isFirst) take(one);
		}
	return { shown: order.filter((one) => chosen.has(one)), held };
}
