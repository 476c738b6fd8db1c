import type { Cell, FieldKind } from '../../learners/table.ts';

/** Shapes that the rules of the predictions room share. Moments are ms since 1970, money is in cents; nothing here knows Directus. */

/** Predicted on records of the pipeline, whose own columns this room writes. */
export const recordTargets = ['lead_conversion', 'deal_win'] as const;
export type RecordTarget = (typeof recordTargets)[number];

/** All that is learnt. What is said of clients, the room success/churn writes. */
export const targets = [...recordTargets, 'churn'] as const;
export type Target = (typeof targets)[number];

/** One column of the table: what a history says of it at a moment, from what was known then. */
export type Feature<History> = { name: string; kind: FieldKind; of: (history: History, at: number) => Cell };

/** What can be predicted of one kind of thing, from histories of it. */
export type Subject<History> = {
	target: Target;
	features: readonly Feature<History>[];
	/**
	 * The moments at which this history is learnt from; none when it was not open then. They never depend on how it ended; several lie a
	 * horizon apart, so that no outcome counts twice.
	 */
	cutOffs: (history: History) => readonly number[];
	/** Whether it stood as won, converted or gone at this moment, having been looked at `from` then. */
	isWonAt: (history: History, at: number, from: number) => boolean;
	/** What the rules gave it at this moment: the points of a lead, the percentage of a deal's stage, the warning signs of a client. */
	pointsAt: (history: History, at: number) => number;
	/** The things like it, for a rate of few outcomes: the letter of a lead, the stage of a deal, how a client uses the product. */
	groupAt: (history: History, at: number) => string;
	/** What people read behind a feature's number: the names of the criteria that gave the points. */
	detailOf?: (history: History, at: number, feature: string) => readonly string[];
};

/** Contact with the outside. `knownAt`: when it was written down, which may be later than when it took place. */
export type Contact = { at: number; knownAt: number; isInbound: boolean; isMeeting: boolean; isReached: boolean; person: string | null };
