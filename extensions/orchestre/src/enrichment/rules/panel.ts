import type { Choice, Enrichment } from './types.ts';

/** What the panel in the app is told. Moments as ISO text. */
export type EnrichmentView = {
	enrichment: Enrichment | null;
	choices: Choice[];
	/** The last job that has not ended well: waiting, failed, or passed over; with its reason. */
	job: { state: string; error: string | null } | null;
	/** Why nothing can be asked; null when something can. */
	off: string | null;
	mayAct: boolean;
};
