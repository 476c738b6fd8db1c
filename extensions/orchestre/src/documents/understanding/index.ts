import type { ConfidenceFit, DocumentClass, DocumentLine, Field, FieldName, OwnCompany, Reading, Understanding, VatRow } from '../types.ts';
import { blocksOf } from './blocks.ts';
import { fieldOf, ranked, type Choice } from './choice.ts';
import { classify } from './classify.ts';
import { builtInFit, withConfidence } from './confidence.ts';
import { contextOf, type Context } from './context.ts';
import { identifiersOf } from './identifiers.ts';
import { salesShare } from './sales.ts';
import { fieldsOfClass, type Found } from './by-class.ts';
import { cardsOfVcard } from './vcard.ts';

const mostLikely = (classes: Partial<Record<DocumentClass, number>>): [DocumentClass, number] =>
	(Object.entries(classes) as [DocumentClass, number][]).reduce((best, one) => (one[1] > best[1] ? one : best), ['other', 0]);

/**
 * What the words of a document mean: its class, its fields with where each stood and how likely it is right, its lines and its VAT rows.
 * Pure and free of time and chance: the same reading gives the same answer. `own` tells sales from purchases; `fit` replaces the built-in
 * coefficients of confidence (a company's own corrections), `as` the class that a person has chosen.
 */
export function understand(reading: Reading, own: OwnCompany, fit: ConfidenceFit = builtInFit(), as?: DocumentClass): Understanding {
	if (reading.format === 'vcard') {
		const [fields = [], ...others] = cardsOfVcard(reading.source ?? '');
		const found = { fields, lines: [], vat: [], ...(others.length > 0 && { others }) };
		return { class: 'business_card', classConfidence: 1, classes: { business_card: 1 }, ...found };
	}
	const context = contextOf(reading, own);
	const identifiers = identifiersOf(context.sheets);
	const blocks = blocksOf(context.sheets);
	const ours = salesShare(context, blocks, identifiers);
	const classes = classify(reading, context, identifiers, ours);
	const [kind, classConfidence] = as ? [as, 1] : mostLikely(classes);
	const isOurs = kind === 'sales_invoice' || ((kind === 'credit_note' || kind === 'quote') && ours > 0.5);
	const found = fieldsOfClass(kind, { ...context, ours: isOurs }, blocks, identifiers);
	return { class: kind, classConfidence, classes, ...finished(found, context, fit) };
}

function finished(found: Found, context: Context, fit: ConfidenceFit): { fields: Field[]; lines: DocumentLine[]; vat: VatRow[] } {
	const fields = (Object.entries(found.fields) as [FieldName, Choice[]][]).flatMap(([name, choices]) => {
		const field = fieldOf(name, ranked(choices), context.sheets);
		return field ? [withConfidence(field, fit)] : [];
	});
	return { fields, lines: found.lines, vat: found.vat };
}
