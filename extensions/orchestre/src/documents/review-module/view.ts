import type { Language } from '../../platform/amount.ts';
import type { ReadPart } from '../review/answers.ts';
import { fieldsOf, type FormField } from '../review/rules/form.ts';
import { toText, toValue, type Value } from '../review/rules/printed.ts';
import { faultsOf, stateOf, type FieldState } from '../review/rules/state.ts';
import type { Box, Check, DocumentClass, Field, FieldName } from '../types.ts';

/** One field of the form: what was read, and what the person made of it. */
export type Entry = FormField & {
	text: string;
	/** `typed`: changed by the person; `confirmed`: looked at and left as it was. */
	answer: 'read' | 'confirmed' | 'typed';
	page: number | null;
	box: Box | null;
	field: Field | undefined;
};

export type EntryState = FieldState | 'checked' | 'wrong';

/** Names of one thing in the forms of several classes: what was typed under one goes with the other. */
const twins: Partial<Record<FieldName, FieldName>> = { supplier_name: 'merchant', merchant: 'supplier_name', net: 'amount', amount: 'net' };
export const twinOf = (name: FieldName): FieldName => twins[name] ?? name;

/** The form of a class: the values that were read, and over them what the person has already answered under the same names. */
export function entriesOf(documentClass: DocumentClass, fields: readonly Field[], language: Language, answered: readonly Entry[] = []): Entry[] {
	const read = new Map(fields.map((field) => [field.name, field]));
	const kept = new Map(answered.flatMap((entry) => (entry.answer === 'read' ? [] : [[entry.name, entry]])));
	return fieldsOf(documentClass).map((form): Entry => {
		const field = read.get(form.name);
		const before = kept.get(form.name) ?? kept.get(twinOf(form.name));
		if (before) return { ...before, ...form, field };
		const text = field ? toText(form.kind, field.value, language) : '';
		return { ...form, text, answer: 'read', page: field?.page ?? null, box: field?.box ?? null, field };
	});
}

export const valueOf = ({ kind, text }: Entry): Value => toValue(kind, text).value;

export function entryState(entry: Entry, checks: readonly Check[], threshold: number): EntryState {
	const { value, isWrong } = toValue(entry.kind, entry.text);
	if (isWrong) return 'wrong';
	if (value === null) return entry.isNeeded ? 'needed' : entry.answer === 'read' ? 'missing' : 'checked';
	if (entry.answer === 'read') return stateOf(entry.field, entry.isNeeded, checks, threshold);
	// A number that its own key contradicts is not right because somebody typed it.
	return entry.kind === 'code' && faultsOf(checks, entry.name).some(({ severity, fields }) => severity === 'error' && fields.length === 1)
		? 'doubt'
		: 'checked';
}

/** Fields that a person has to look at before the document is filed. */
export const asksForEyes = (state: EntryState): boolean => state === 'doubt' || state === 'needed' || state === 'wrong';

/** Which field comes next (or before) among those that ask for eyes; null when there is none. Goes round once. */
export function nextDoubt(entries: readonly Entry[], from: FieldName | null, by: 1 | -1, isDoubt: (entry: Entry) => boolean): FieldName | null {
	const at = entries.findIndex(({ name }) => name === from);
	const start = at === -1 && by === -1 ? entries.length : at;
	for (let step = 1; step <= entries.length; step++) {
		const entry = entries[(((start + by * step) % entries.length) + entries.length) % entries.length];
		if (entry && entry.name !== from && isDoubt(entry)) return entry.name;
	}
	return null;
}

/** Failed checks that no field of the form shows: about the lines, about several papers. */
export const looseFaults = (checks: readonly Check[], entries: readonly Entry[]): Check[] =>
	checks.filter(({ passed, fields }) => !passed && !fields.some((name) => entries.some((entry) => entry.name === name)));

export { faultsOf };

/** Boxes to draw on a page: of the fields that stand there as they were read or clicked. */
export type DrawnBox = { name: FieldName; box: Box; state: EntryState };
export const boxesOn = (page: number, entries: readonly Entry[], stateOfEntry: (entry: Entry) => EntryState): DrawnBox[] =>
	entries.flatMap((entry) => (entry.page === page && entry.box && entry.text !== '' ? [{ name: entry.name, box: entry.box, state: stateOfEntry(entry) }] : []));

/** Why a document cannot be filed as the form stands, with the field to mend; null when it can. */
export function obstacle(entries: readonly Entry[], checks: readonly Check[], threshold: number): { name: FieldName; kind: 'fill' | 'mend' } | null {
	for (const entry of entries) {
		const state = entryState(entry, checks, threshold);
		if (state === 'wrong') return { name: entry.name, kind: 'mend' };
		if (state === 'needed') return { name: entry.name, kind: 'fill' };
	}
	return null;
}

export const valuesOf = (entries: readonly Entry[]): Record<string, Value> => Object.fromEntries(entries.map((entry) => [entry.name, valueOf(entry)]));

/** A table as it is typed: texts, so that half a number is no fault while it is written. */
export type Cells = Record<string, string>;
/** How the integer of a cell stands for what people type. */
export type Column = { key: string; unit: 'eur' | 'percent' | 'quantity' | null };

export const lineColumns: readonly Column[] = [
	{ key: 'label', unit: null },
	{ key: 'quantity', unit: 'quantity' },
	{ key: 'unitPrice', unit: 'eur' },
	{ key: 'vatRate', unit: 'percent' },
	{ key: 'net', unit: 'eur' },
];
export const vatColumns: readonly Column[] = [
	{ key: 'rate', unit: 'percent' },
	{ key: 'base', unit: 'eur' },
	{ key: 'vat', unit: 'eur' },
];

export const emptyLine = { label: '', quantity: null, unit: null, unitPrice: null, vatRate: null, net: null, page: null, box: null, confidence: 1 };
export const emptyRate = { category: null, rate: null, base: null, vat: null, reason: null };

export const unread = (read: ReadPart | null): boolean => read === null || read.refusal !== null;
