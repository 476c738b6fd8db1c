import type { Clues } from './duplicates.ts';

/** What one transaction did to leads, gathered until just before it commits. */
export type LeadBatch = {
	/** Leads that the create filter saw; each must come back as an id, or the transaction is refused. */
	expected: number;
	created: Set<string>;
	/** What these leads brought to be recognised by. */
	clues: Clues[];
	changed: Set<string>;
	/** The transaction wrote interactions: created leads may have some already. */
	interactions: boolean;
	/** Somebody's leads were deleted or a person was: counters are counted anew. */
	recount: boolean;
	/** Id of the user who asked for it; the jobs that follow are theirs. */
	actor: string | null;
};

export const emptyBatch = (actor: string | null): LeadBatch => ({
	expected: 0,
	created: new Set(),
	clues: [],
	changed: new Set(),
	interactions: false,
	recount: false,
	actor,
});
