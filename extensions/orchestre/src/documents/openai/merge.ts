import { checkFields } from '../checks/index.ts';
import type { Candidate, DocumentLine, DocumentRead, Field, FieldName, VatRow } from '../types.ts';
import { fold } from '../../platform/text.ts';
import { scaled, valueOf, type Answer } from './question.ts';

/** How often the answer alone is taken to be right, until corrections have taught better: below every threshold, so that alone it files nothing. */
const alone = 0.9;

/** Two readings that know nothing of each other and agree: both right, or both wrong in the same way. */
export const agreed = (one: number, other: number): number => (one * other) / (one * other + (1 - one) * (1 - other));

const same = (a: string | number, b: string | number): boolean => fold(String(a)).replaceAll(/[^a-z0-9]/g, '') === fold(String(b)).replaceAll(/[^a-z0-9]/g, '');

/** Where our own reading saw the same value, if it did. */
function seenBy(local: Field | undefined, value: string | number): Candidate | null {
	if (!local) return null;
	return [local, ...local.alternatives].find((one) => same(one.value, value)) ?? null;
}

function fieldOf(name: FieldName, value: string | number, local: Field | undefined): Field {
	const seen = seenBy(local, value);
	const others = local ? [local, ...local.alternatives].filter((one) => !same(one.value, value)) : [];
	return {
		name,
		// Our own spelling, where it is the same value: it stands on the page.
		value: seen && typeof seen.value === typeof value ? seen.value : value,
		page: seen?.page ?? null,
		box: seen?.box ?? null,
		confidence: seen ? agreed(seen.confidence, alone) : alone,
		source: 'ai',
		evidence: { ...local?.evidence, ai: 1, seen: seen ? 1 : 0 },
		alternatives: others.map(({ value: other, page, box, confidence }) => ({ value: other, page, box, confidence })),
	};
}

const lineOf = ({ label, quantity, unit_price, vat_rate, net }: Answer['lines'][number]): DocumentLine => ({
	label,
	quantity: scaled(quantity, 3),
	unit: null,
	unitPrice: scaled(unit_price, 2),
	vatRate: scaled(vat_rate, 2),
	net: scaled(net, 2),
	page: null,
	box: null,
	confidence: alone,
});

const vatOf = ({ rate, base, tax }: Answer['vat'][number]): VatRow => ({
	category: null,
	rate: scaled(rate, 2),
	base: scaled(base, 2),
	vat: scaled(tax, 2),
	reason: null,
});

/**
 * Our reading and the answer together: where they agree they confirm each other, elsewhere the answer stands with the likelihood of one that
 * nobody confirmed. The same checks run on what comes of it.
 */
export function merged(local: DocumentRead, answer: Answer, today: string): DocumentRead {
	const byName = new Map(local.fields.map((field) => [field.name, field]));
	const fields = new Map<FieldName, Field>(byName);
	for (const { name, value } of answer.fields) {
		const known = valueOf(name, value);
		if (known) fields.set(known.name, fieldOf(known.name, known.value, byName.get(known.name)));
	}
	const isSameClass = answer.class === local.class && !local.refusal;
	const lines = answer.lines.map(lineOf);
	const vat = answer.vat.map(vatOf);
	const meaning = {
		class: answer.class,
		classConfidence: isSameClass ? agreed(local.classConfidence, alone) : alone,
		classes: { ...local.classes, [answer.class]: isSameClass ? agreed(local.classConfidence, alone) : alone },
		fields: [...fields.values()],
		lines: lines.length > 0 ? lines : local.lines,
		vat: vat.length > 0 ? vat : local.vat,
	};
	return { ...local, ...meaning, checks: checkFields(meaning, { today, pages: local.pages ?? [] }), refusal: null };
}
