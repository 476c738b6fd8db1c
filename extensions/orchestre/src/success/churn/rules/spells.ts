/**
 * One subscription or recurring contract in time; what ended and came back is two of them. `since`: when what it goes on from began (itself,
 * or the first contract that this one follows); `gone`: when notice was given that stands, or it was terminated; `withdrawn`: notices that
 * stood for a while; `end`: when the service stops; `followed`: when it was known that another contract follows its end; null while there is
 * none. `renews`: day number from which it renews by itself every `renewalMonths`. ms since 1970. `revenue`: steps of the monthly revenue in
 * cents, oldest first, with the moment at which each was written down; `cuts`: when it was lowered.
 */
export type Spell = {
	start: number;
	since: number;
	gone: number | null;
	withdrawn: readonly { from: number; to: number }[];
	end: number | null;
	followed: number | null;
	renews: number | null;
	renewalMonths: number;
	isContract: boolean;
	revenue: readonly Step[];
	cuts: readonly number[];
};

export type Step = { at: number; known: number; cents: number };

/** Running, and nobody has said by then that it stops: a notice withdrawn later stood all the same. */
export const isRunning = ({ start, gone, end, withdrawn }: Spell, at: number): boolean =>
	start <= at && (gone === null || gone > at) && (end === null || end > at) && !withdrawn.some(({ from, to }) => from <= at && to > at);

export const runningAt = (spells: readonly Spell[], at: number): Spell[] => spells.filter((spell) => isRunning(spell, at));

/**
 * Whether a subscription or contract that ran at `from` was given up or not renewed by `until`, by what was known then: a notice withdrawn
 * and a contract followed by another before `until` are no departures; after it, they do not undo one.
 */
export const isLeftBetween = (spells: readonly Spell[], from: number, until: number): boolean =>
	runningAt(spells, from).some(({ gone, end, followed, withdrawn }) => {
		const over = followed !== null && followed <= until ? null : end;
		const standing = withdrawn.find((notice) => notice.from > from && notice.to > until)?.from ?? null;
		return [gone, over, standing].some((left) => left !== null && left > from && left <= until);
	});

/** Monthly revenue in cents that was known at a moment to hold at `at`; null when nothing was written down by then. */
export const knownRevenueAt = ({ revenue }: Spell, at: number, known = at): number | null =>
	revenue.findLast((step) => step.at <= at && step.known <= known)?.cents ?? null;

export const revenueAt = (spell: Spell, at: number, known = at): number => knownRevenueAt(spell, at, known) ?? 0;
