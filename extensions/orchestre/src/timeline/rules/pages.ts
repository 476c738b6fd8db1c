import type { Cursor, TimelineEvent } from './types.ts';

const day = 86_400_000;
const noon = day / 2;
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** When an event counts as having happened, in ms: something that has only a day stands at its noon, among what has an hour. */
export const instantOf = (at: string): number => new Date(isDay(at) ? `${at}T12:00:00Z` : at).getTime();

/** The last day (YYYY-MM-DD) whose noon is not after this instant. */
export const lastDayUpTo = (instant: number): string => new Date(Math.floor((instant - noon) / day) * day).toISOString().slice(0, 10);

/** Events of one source, newest first. */
export type Arm = { source: string; events: readonly TimelineEvent[] };

/**
 * The newest `limit` events of all sources, and where to go on. Sources are merged without sorting them again, so that the order
 * within one source is the database's own, and a source can be read on by counting (see Cursor). Each arm must hold more events
 * than a page, or all that there are.
 */
export function mergePage(arms: readonly Arm[], limit: number, from: Cursor | null): { events: TimelineEvent[]; next: Cursor | null } {
	const heads = arms.map(() => 0);
	const events: TimelineEvent[] = [];
	const best = (): number => {
		let found = -1;
		let latest = -Infinity;
		for (const [index, { events: own }] of arms.entries()) {
			const head = own[heads[index] ?? 0];
			if (head && instantOf(head.at) > latest) [found, latest] = [index, instantOf(head.at)];
		}
		return found;
	};
	for (let index = best(); index !== -1 && events.length < limit; index = best()) {
		events.push(arms[index]?.events[heads[index] ?? 0] as TimelineEvent);
		heads[index] = (heads[index] ?? 0) + 1;
	}
	const last = events.at(-1);
	if (!last || best() === -1) return { events, next: null };
	const t = instantOf(last.at);
	const n: Record<string, number> = from?.t === t ? { ...from.n } : {};
	for (const { at, source } of events) if (instantOf(at) === t) n[source] = (n[source] ?? 0) + 1;
	return { events, next: { t, n } };
}

export const writeCursor = ({ t, n }: Cursor): string => Buffer.from(JSON.stringify([t, n])).toString('base64url');

/** Null when it is not a cursor of ours. */
export function readCursor(text: string): Cursor | null {
	try {
		const [t, n] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [unknown, unknown];
		if (typeof t !== 'number' || !Number.isFinite(t) || Math.abs(t) > 8.64e15 - day || typeof n !== 'object' || n === null) return null;
		const counts = Object.entries(n).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]) && entry[1] >= 0);
		return { t, n: Object.fromEntries(counts) };
	} catch {
		return null;
	}
}
