import { parisOffset } from '../../platform/time/paris.ts';
import type { NextAction } from '../../timeline/next/rules.ts';
import { say, type Said } from '../../timeline/next/words.ts';

/**
 * The panel's words are made for a browser, which stands in its reader's time zone; a server may stand anywhere. A moment is moved so
 * that the server's own clock face shows what a clock in Paris does.
 */
function onParisClock(at: Date): Date {
	const there = new Date(at.getTime() + parisOffset(at.getTime()));
	return new Date(there.getTime() + there.getTimezoneOffset() * 60_000);
}

/** What the record's form says of this action, in French and by Paris time, as it stands at `now`. */
export function sayInParis(next: NextAction, now: Date): Said {
	const isMoment = next.at !== null && next.at.length > 10;
	return say({ ...next, at: isMoment ? onParisClock(new Date(next.at as string)).toISOString() : next.at }, onParisClock(now), 'fr');
}
