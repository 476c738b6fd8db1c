import type { Candidate, Field, FieldName, FieldSource } from '../types.ts';
import { boxOf, type Region, type Sheet } from './page-text.ts';

/** One reading of a field. `score` ranks it among the others; `evidence` (mostly 0 to 1) is what its probability is fitted on. */
export type Choice<T extends string | number = string | number> = { value: T; region: Region | null; score: number; evidence: Record<string, number> };

const alternativesKept = 4;

/** Equal values become one choice, the best placed; that it was found more than once is evidence. */
export function ranked<T extends string | number>(choices: readonly Choice<T>[]): Choice<T>[] {
	const groups = Map.groupBy(choices, ({ value }) => value);
	return [...groups.values()]
		.map((group) => {
			const best = group.reduce((one, other) => (other.score > one.score ? other : one));
			return { ...best, evidence: { ...best.evidence, repeated: Math.min(1, (group.length - 1) / 2) } };
		})
		.toSorted((one, other) => other.score - one.score);
}

/** The best choice as a field, with the next ones as alternatives; null when there is none. Confidences are set by the fit afterwards. */
export function fieldOf(name: FieldName, choices: readonly Choice[], sheets: readonly Sheet[]): Field | null {
	const order = ranked(choices);
	const [best, next] = order;
	if (!best) return null;
	const candidate = ({ value, region, score }: Choice): Candidate => ({
		value,
		page: region?.page ?? null,
		box: region ? boxOf(region, sheets) : null,
		confidence: score,
	});
	const source: FieldSource = sheets.find(({ number }) => number === best.region?.page)?.source ?? sheets[0]?.source ?? 'text';
	const evidence = {
		...best.evidence,
		score: Math.max(0, Math.min(1.5, best.score)),
		margin: Math.max(0, Math.min(1, best.score - (next?.score ?? 0))),
		alone: next ? 0 : 1,
		scan: source === 'ocr' ? 1 : 0,
		blurred: source === 'ocr' ? Math.min(1, (1 - (best.region?.confidence ?? 1)) * 2) : 0,
	};
	return { ...candidate(best), name, source, evidence, alternatives: order.slice(1, 1 + alternativesKept).map(candidate) };
}
