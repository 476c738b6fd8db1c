/**
 * `npm run demo:scale` tells the company's story several times over, each time with other luck: copy 0 is the demo itself. A
 * story is told without awaiting anything, so that which copy is being told can be known here instead of being handed through
 * every part of it.
 */
let told = 0;

/** How many times the company can be told: a copy's number has three digits in its SIREN and in its ids. */
export const mostCopies = 1000;

/** Tells copy `number` (0 is the demo) with `tell`, which must not await. */
export function inCopy<T>(number: number, tell: () => T): T {
	const before = told;
	told = number;
	try {
		return tell();
	} finally {
		told = before;
	}
}

export const currentCopy = (): number => told;

/** The series of the demo's documents: D, and D1, D2 … in the copies, so that numbers stay unique. */
export const series = (): string => (told === 0 ? 'D' : `D${told}`);

/** Set behind what must differ between copies: names of firms (and so domains and addresses), codes. Empty in the demo itself. */
export const mark = (separator: string): string => (told === 0 ? '' : `${separator}${told}`);
