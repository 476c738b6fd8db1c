import type { Check, DocumentClass, Field, FieldName } from '../../types.ts';
import { fieldsOf } from './form.ts';

/** How a field stands in the eyes of whoever reviews; `needed` is missing where the record cannot do without. */
export type FieldState = 'sure' | 'doubt' | 'missing' | 'needed';

/** Checks that failed on a field, gravest first. */
export const faultsOf = (checks: readonly Check[], name: FieldName): Check[] =>
	checks
		.filter(({ passed, fields }) => !passed && fields.includes(name))
		.toSorted((one, other) => Number(other.severity === 'error') - Number(one.severity === 'error'));

/** `threshold`: the probability from which a field counts as sure. A field that a person wrote or confirmed is sure. */
export function stateOf(field: Field | undefined, isNeeded: boolean, checks: readonly Check[], threshold: number): FieldState {
	if (!field) return isNeeded ? 'needed' : 'missing';
	if (field.source === 'person') return 'sure';
	const hasFault = faultsOf(checks, field.name).some(({ severity }) => severity === 'error');
	return field.confidence >= threshold && !hasFault ? 'sure' : 'doubt';
}

/** How many fields of its form a person still has to look at. */
export function doubtsOf(documentClass: DocumentClass, fields: readonly Field[], checks: readonly Check[], threshold: number): number {
	const byName = new Map(fields.map((field) => [field.name, field]));
	return fieldsOf(documentClass).filter(({ name, isNeeded }) => ['doubt', 'needed'].includes(stateOf(byName.get(name), isNeeded, checks, threshold))).length;
} // prettier-ignore
