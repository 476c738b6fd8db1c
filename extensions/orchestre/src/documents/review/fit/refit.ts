import { fitConfidence } from '../../understanding/fit.ts';
import type { ConfidenceFit } from '../../types.ts';

/** A field that a person has looked at: what its reading rested on, and whether it was right. Oldest first where order counts. */
export type Case = { field: string; evidence: Record<string, number>; isRight: boolean };

/** A field learns from so many cases on. */
export const fewest = 30;

/** The fit with the fields moved that have enough cases (understanding/fit.ts); the others stay as shipped. */
export function refit(prior: ConfidenceFit, cases: readonly Case[]): ConfidenceFit {
	const ripe = [...Map.groupBy(cases, ({ field }) => field).values()].filter((own) => own.length >= fewest).flat();
	// Each paper that a person has looked at counts for itself.
	const examples = ripe.map(({ field, evidence, isRight }, index) => ({ name: field, evidence, right: isRight, group: String(index) }));
	return fitConfidence(examples, prior);
}
