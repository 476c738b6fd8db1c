import { isDeepStrictEqual } from 'node:util';
import { checkFields } from '../../checks/index.ts';
import type { Check, DocumentRead, Field, FieldName } from '../../types.ts';
import type { CheckOrder } from '../answers.ts';

const typed = (name: FieldName, value: string | number): Field => ({
	name,
	value,
	page: null,
	box: null,
	confidence: 1,
	source: 'person',
	evidence: {},
	alternatives: [],
});

const identity = ({ code, fields }: Check): string => `${code} ${fields.join()}`;

/**
 * The checks of a reading, held against what stands in the form. What was found out from the file itself (its printed page, its schema, the
 * rules of its XML) still holds of every value that was left as it was read; what was changed is tried anew. Without a reading, or as
 * another kind of document, everything is.
 */
export function recheck(read: Pick<DocumentRead, 'class' | 'fields' | 'lines' | 'vat' | 'checks'> | null, order: CheckOrder, today: string): Check[] {
	const fields = Object.entries(order.fields).flatMap(([name, value]) => (value === null ? [] : [typed(name as FieldName, value)]));
	const anew = checkFields({ class: order.class, fields, lines: order.lines, vat: order.vat }, { today });
	if (!read || read.class !== order.class) return anew;
	const was = new Map(read.fields.map(({ name, value }) => [name, String(value)]));
	const changed = new Set(Object.entries(order.fields).flatMap(([name, value]) => (String(value ?? '') === (was.get(name as FieldName) ?? '') ? [] : [name])));
	const isSameTable = isDeepStrictEqual([order.lines, order.vat], [read.lines, read.vat]);
	const isTouched = (check: Check): boolean => check.fields.some((name) => changed.has(name));
	const fresh = anew.filter((check) => !isSameTable || isTouched(check));
	const known = new Set(fresh.map(identity));
	return [...read.checks.filter((check) => !isTouched(check) && !known.has(identity(check))), ...fresh];
}
