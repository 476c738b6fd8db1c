import { z } from 'zod';
import { UserError } from '../../platform/errors.ts';
import { fieldWords } from '../filing/rules/words.ts';
import type { DocumentClass, FieldName, Review } from '../types.ts';
import type { CheckOrder } from './answers.ts';
import { classes, fieldsOf, type InputKind } from './rules/form.ts';
import type { PassOn } from './pass-on.ts';
import { readDay } from './rules/printed.ts';

/** What fits into the columns of amounts. */
const cents = z.int().min(-2_147_483_648).max(2_147_483_647);
const share = z.number().min(0).max(1);
const page = z.int().min(1).max(10_000).nullable();
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable();

const line = z.strictObject({
	label: z.string().max(1000),
	quantity: cents.nullable(),
	unit: z.string().max(64).nullable(),
	unitPrice: cents.nullable(),
	vatRate: cents.nullable(),
	net: cents.nullable(),
	page,
	box,
	confidence: share,
});
const vatRow = z.strictObject({
	category: z.string().max(8).nullable(),
	rate: cents.nullable(),
	base: cents.nullable(),
	vat: cents.nullable(),
	reason: z.string().max(500).nullable(),
});

const content = {
	class: z.enum(classes as [DocumentClass, ...DocumentClass[]]),
	fields: z.record(z.string(), z.union([z.string().max(1000), z.number(), z.null()])),
	lines: z.array(line).max(1000),
	vat: z.array(vatRow).max(50),
};
const decision = z.discriminatedUnion('decision', [
	z.strictObject({ decision: z.literal('accept'), version: z.string().max(64), ...content, reason: z.string().trim().max(500).optional() }),
	z.strictObject({ decision: z.literal('reject'), version: z.string().max(64), reason: z.string().trim().min(1).max(1000) }),
]);
const order = z.strictObject(content);

/** What each kind of value must be, where a mere text could do harm. */
const fits = (kind: InputKind, value: string | number): boolean => {
	if (kind === 'money') return cents.safeParse(value).success;
	if (kind === 'days') return z.int().min(0).max(9999).safeParse(value).success;
	if (typeof value !== 'string') return false;
	return kind === 'date' ? readDay(value) === value : true;
};

/** The fields of the class alone, each of its kind; 400 with the field's name otherwise. */
function cleanFields(documentClass: DocumentClass, fields: CheckOrder['fields']): Partial<Record<FieldName, string | number | null>> {
	const cleaned: Partial<Record<FieldName, string | number | null>> = {};
	for (const { name, kind } of fieldsOf(documentClass)) {
		const value = fields[name];
		if (value === undefined) continue;
		if (value !== null && !fits(kind, value)) throw new UserError(`La valeur de « ${fieldWords[name]} » ne convient pas.`, { extensions: { field: name } });
		cleaned[name] = typeof value === 'string' ? value.trim() || null : value;
	}
	return cleaned;
}

/** The body of a decision, or 400. */
export function reviewOf(body: unknown): { version: string; review: Review } {
	const parsed = decision.safeParse(body);
	if (!parsed.success) throw new UserError('Décision attendue : « accept » avec les champs, ou « reject » avec une raison.');
	const { data } = parsed;
	if (data.decision === 'reject') return { version: data.version, review: { decision: 'reject', reason: data.reason } };
	const { class: documentClass, lines, vat, reason } = data;
	const fields = cleanFields(documentClass, data.fields);
	return { version: data.version, review: { decision: 'accept', class: documentClass, fields, lines, vat, ...(reason && { reason }) } };
}

const passing = z.strictObject({ class: content.class, to: z.uuid().nullable(), note: z.string().max(300).default('') });

/** The body of a request to hand a document on, or 400. */
export function passOnOf(body: unknown): PassOn {
	const parsed = passing.safeParse(body);
	if (!parsed.success) throw new UserError('Nature du document et destinataire (ou « null » pour qui peut le classer) attendus.');
	return parsed.data;
}

/** The body of a request for checks, or 400. */
export function checkOrderOf(body: unknown): CheckOrder {
	const parsed = order.safeParse(body);
	if (!parsed.success) throw new UserError('Champs, lignes et taux attendus.');
	return { ...parsed.data, fields: cleanFields(parsed.data.class, parsed.data.fields) as CheckOrder['fields'] };
}
