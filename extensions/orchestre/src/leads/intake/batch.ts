import type { Accountability } from '../../platform/directus.ts';

/** What one transaction did to leads, gathered until just before it commits. */
export type LeadBatch = {
	/** Leads that the create filter saw; each must come back as an id, or the transaction is refused. */
	expected: number;
	created: Set<string>;
	changed: Set<string>;
	/** The transaction wrote interactions: created leads may have some already. */
	interactions: boolean;
	/** Somebody's leads were deleted or a person was: counters are counted anew. */
	recount: boolean;
	/** Who asked for it: causes jobs, and is named when an owner was chosen by hand. */
	actor: Accountability | null;
};

export const emptyBatch = (actor: Accountability | null): LeadBatch => ({
	expected: 0,
	created: new Set(),
	changed: new Set(),
	interactions: false,
	recount: false,
	actor,
});
