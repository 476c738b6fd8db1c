/**
 * One subscription or recurring contract in time. `gone`: when it was given notice that stood, was terminated, or ended without renewal;
 * `end`: when the service stops; null while there is none. ms since 1970. `revenue`: steps of the monthly revenue in cents, oldest first, with
 * the moment at which each was written down; `cuts`: when it was lowered.
 */
export type Spell = {
	start: number;
	gone: number | null;
	end: number | null;
	isContract: boolean;
	revenue: readonly Step[];
	cuts: readonly number[];
};

export type Step = { at: number; known: number; cents: number };

/** Running, and nobody has said that it stops. */
export const isRunning = ({ start, gone, end }: Spell, at: number): boolean => start <= at && (gone === null || gone > at) && (end === null || end > at);

export const runningAt = (spells: readonly Spell[], at: number): Spell[] => spells.filter((spell) => isRunning(spell, at));

/** Whether a subscription or contract that ran at `from` was given up or not renewed by `until`. */
export const isLeftBetween = (spells: readonly Spell[], from: number, until: number): boolean =>
	runningAt(spells, from).some(({ gone, end }) => {
		const left = Math.min(gone ?? Infinity, end ?? Infinity);
		return left > from && left <= until;
	});

/** Monthly revenue in cents that was known at a moment to hold at `at`. */
export const revenueAt = ({ revenue }: Spell, at: number, known = at): number => revenue.findLast((step) => step.at <= at && step.known <= known)?.cents ?? 0;
