import type { DocumentClass, DocumentRead, Field, FieldName, Review } from '../../types.ts';
import { fieldsOf } from './form.ts';

/** One labelled example: what was read, what it rested on, and whether a person let it stand. */
export type Correction = {
	field: FieldName | 'class';
	predicted: string | null;
	final: string | null;
	isRight: boolean;
	confidence: number;
	source: Field['source'];
	evidence: Record<string, number>;
};

type Accepted = Extract<Review, { decision: 'accept' }>;

/** Values about a person teach by being right or wrong alone: they are not kept a second time. */
const personal = /^(?:contact_|account_holder$|iban$|.*_address$)/;

const asText = (value: string | number | null | undefined): string | null => (value === null || value === undefined ? null : String(value).slice(0, 255));

/** The same value, whatever its blanks and capitals: nobody corrects a name by its spaces. */
export const isSame = (one: string | number | null | undefined, other: string | number | null | undefined): boolean => {
	const plain = (value: string | number | null | undefined): string => (asText(value) ?? '').normalize('NFKC').replaceAll(/\s+/gu, '').toLowerCase();
	return plain(one) === plain(other);
};

/**
 * What a review teaches: each field that was read, and that the class of the paper has, with what the person made of it. Fields that
 * were not found teach nothing about how sure a reading is, nor do those that a person or an outside service gave.
 */
export function correctionsOf(read: Pick<DocumentRead, 'class' | 'classConfidence' | 'fields'>, review: Accepted): Correction[] {
	const asked = new Set<FieldName>(fieldsOf(review.class).map(({ name }) => name));
	const taught = read.fields.filter(({ name, source }) => asked.has(name) && name in review.fields && (source === 'text' || source === 'ocr'));
	return taught.map((field) => {
		const final = review.fields[field.name] ?? null;
		const isKept = !personal.test(field.name);
		return {
			field: field.name,
			predicted: isKept ? asText(field.value) : null,
			final: isKept ? asText(final) : null,
			isRight: isSame(field.value, final),
			confidence: field.confidence,
			source: field.source,
			evidence: field.evidence,
		};
	});
}

/** Whether the class was read right is an example, too. */
export const classCorrection = (read: Pick<DocumentRead, 'class' | 'classConfidence' | 'method'>, decided: DocumentClass): Correction => ({
	field: 'class',
	predicted: read.class,
	final: decided,
	isRight: read.class === decided,
	confidence: read.classConfidence,
	source: read.method === 'ocr' ? 'ocr' : 'text',
	evidence: {},
});
