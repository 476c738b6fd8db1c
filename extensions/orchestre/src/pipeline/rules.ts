import { listed, shorten } from '../platform/text.ts';

/** Pure rules of the pipeline: what follows from a deal's stage, dates and owner. Money in cents, probabilities in basis points. */

/** A sales stage; `closed` when deals in it are won or lost. */
export type Stage = { id: string; name: string; probability: number | null; closed: boolean; requiredFields: readonly string[] };

/** A deal as it stands after a write. `close_date` and `treated_close_date` are YYYY-MM-DD. */
export type Deal = {
	id: string;
	stage: string;
	owner: string | null;
	amount_cents: number | null;
	close_date: string | null;
	next_step: string | null;
	next_step_at: Date | null;
	competitor: string | null;
	lost_reason: string | null;
	settled: Settled;
};

/** What the rules keep up to date on a deal. `treated_*` is what they saw last. */
export type Settled = {
	team: string | null;
	probability: number | null;
	probability_source: string | null;
	close_date_pushes: number;
	stage_since: Date | null;
	closed_at: Date | null;
	treated_stage: string | null;
	treated_close_date: string | null;
};

/** What is known of a write beside the row: which fields the caller set, and the owner's team when the owner is among them. */
export type Circumstances = { created: boolean; set: Readonly<Record<string, unknown>>; ownersTeam: string | null; now: Date };

/** What a stage can require, in words that follow “renseignez” (the choices of `stages.required_fields`). */
export const requirableFields = {
	amount_cents: 'le montant',
	close_date: 'la date de signature prévue',
	next_step: 'la prochaine étape',
	next_step_at: 'la date de la prochaine étape',
	contacts: 'au moins un contact',
	lines: 'au moins une ligne',
	competitor: 'le concurrent',
	lost_reason: 'le motif de perte',
} as const;

export type Requirable = keyof typeof requirableFields;

/** How many contacts and lines a deal has; read only for stages that ask. */
export type Counts = { contacts: number; lines: number };

const isRequirable = (field: string): field is Requirable => Object.hasOwn(requirableFields, field);
const isBlank = (value: unknown): boolean => value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** What a deal still lacks to enter a stage, in the stage's own order. An amount of zero is an amount. */
export function missingFor(deal: Deal, stage: Stage, counts: Counts): Requirable[] {
	const lacks = (field: Requirable): boolean => (field === 'contacts' || field === 'lines' ? counts[field] === 0 : isBlank(deal[field]));
	return stage.requiredFields.filter(isRequirable).filter(lacks);
}

/** One sentence for all that is missing: a card that is moved on the kanban shows only the first error. */
export function missingSentence(stage: Stage, missing: readonly Requirable[]): string {
	return `Pour passer à l’étape « ${shorten(stage.name, 60)} », renseignez ${listed(missing.map((field) => requirableFields[field]))}.`;
}

/** Whether the deal came to another stage than the rules saw last, creation included. */
export const hasMoved = (deal: Deal): boolean => deal.stage !== deal.settled.treated_stage;

function settleProbability(deal: Deal, stage: Stage, { created, set }: Circumstances): Pick<Settled, 'probability' | 'probability_source'> {
	const { probability, probability_source } = deal.settled;
	const ofStage = { probability: stage.probability, probability_source: 'stage' };
	if (stage.closed) return ofStage;
	if ('probability' in set) return isBlank(set['probability']) ? ofStage : { probability, probability_source: 'person' };
	return created || hasMoved(deal) || probability === null ? ofStage : { probability, probability_source };
}

function settleCloseDate({ close_date, settled }: Deal): Pick<Settled, 'close_date_pushes' | 'treated_close_date'> {
	const known = settled.treated_close_date;
	const pushed = close_date !== null && known !== null && close_date > known;
	// A date that is taken away and comes back later was pushed all the same.
	return { close_date_pushes: settled.close_date_pushes + (pushed ? 1 : 0), treated_close_date: close_date ?? known };
}

/**
 * What follows from a deal's values: since when it is in its stage, when it closed, how often its date moved later, its
 * probability (the stage's, unless the caller gave one for an open deal) and its team (the owner's, unless the caller chose).
 */
export function settleDeal(deal: Deal, stage: Stage, circumstances: Circumstances): Settled {
	const { set, ownersTeam, now } = circumstances;
	const moved = hasMoved(deal);
	const { settled } = deal;
	const newOwner = 'owner' in set || settled.team === null;
	return {
		...settleProbability(deal, stage, circumstances),
		...settleCloseDate(deal),
		team: newOwner && !('team' in set && !isBlank(set['team'])) ? (ownersTeam ?? settled.team) : settled.team,
		stage_since: moved ? now : settled.stage_since,
		closed_at: stage.closed ? (moved ? now : (settled.closed_at ?? now)) : null,
		treated_stage: deal.stage,
	};
}
