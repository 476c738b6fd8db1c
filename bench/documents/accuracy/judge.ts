import type { ConfidenceFit, DocumentClass, FieldName } from '../../../extensions/orchestre/src/documents/types.ts';
import { probability } from '../../../extensions/orchestre/src/documents/understanding/confidence.ts';
import { fitConfidence, type Example } from '../../../extensions/orchestre/src/documents/understanding/fit.ts';
import { understand } from '../../../extensions/orchestre/src/documents/understanding/index.ts';
import type { Case } from './cases.ts';
import { isRight } from './score.ts';

/** One field of one labelled document, as it was read. */
export type Verdict = Example & {
	name: FieldName;
	document: string;
	set: Case['set'];
	medium: Case['medium'];
	class: DocumentClass | null;
	got: string | number | undefined;
	wanted: string | number;
};
export type ClassVerdict = { document: string; set: Case['set']; medium: Case['medium']; wanted: DocumentClass; got: DocumentClass; confidence: number };

/** Reads the meaning of a labelled document and holds it against the truth. Fields that were not found are wrong, without evidence. */
export function judged(one: Case): { verdicts: Verdict[]; kind: ClassVerdict | null } {
	const meaning = understand(one.reading, one.own);
	const verdicts = (Object.entries(one.truth) as [FieldName, string | number][]).map(([name, wanted]): Verdict => {
		const field = meaning.fields.find((found) => found.name === name);
		return {
			name,
			evidence: field?.evidence ?? {},
			right: isRight(name, field?.value, one.truth),
			group: one.group,
			document: one.name,
			set: one.set,
			medium: one.medium,
			class: one.class,
			got: field?.value,
			wanted,
		};
	});
	return {
		verdicts,
		kind:
			one.class === null
				? null
				: { document: one.name, set: one.set, medium: one.medium, wanted: one.class, got: meaning.class, confidence: meaning.classConfidence },
	};
}

const folds = 8;

/** Which part of the cross-validation a layout belongs to. */
function foldOf(group: string): number {
	let hash = 7;
	for (const letter of group) hash = (hash * 31 + letter.charCodeAt(0)) % 99_991;
	return hash % folds;
}

/** Confidences that were fitted on other layouts than the one they judge: the honest ones. Null where a field has no model there. */
export function outOfFold(verdicts: readonly Verdict[]): Map<Verdict, number | null> {
	const found = new Map<Verdict, number | null>();
	for (let fold = 0; fold < folds; fold++) {
		const fit: ConfidenceFit = fitConfidence(verdicts.filter(({ group, got }) => foldOf(group) !== fold && got !== undefined));
		for (const verdict of verdicts)
			if (foldOf(verdict.group) === fold && verdict.got !== undefined)
				found.set(verdict, fit.fields[verdict.name] ? probability(verdict.name, verdict.evidence, fit) : null);
	}
	return found;
}
