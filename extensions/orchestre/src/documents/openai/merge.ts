import { checkFields } from '../checks/index.ts';
import { classWords } from '../filing/types.ts';
import type { Candidate, Check, DocumentClass, DocumentLine, DocumentRead, Field, FieldName, VatRow } from '../types.ts';
import { fold } from '../../platform/text.ts';
import type { Precision } from './precision.ts';
import { scaled, valueOf, type Answer } from './question.ts';

/** Two readings that agree: both right, or both wrong in the same way. OpenAI is shown our text, so that the two are not quite strangers: reviews say how far to go (`Precision.agreed`). */
export const agreed = (one: number, other: number): number => (one * other) / (one * other + (1 - one) * (1 - other));

const same = (a: string | number, b: string | number): boolean => fold(String(a)).replaceAll(/[^a-z0-9]/g, '') === fold(String(b)).replaceAll(/[^a-z0-9]/g, '');

/** Where our own reading saw the same value, if it did. */
function seenBy(local: Field | undefined, value: string | number): Candidate | null {
	if (!local) return null;
	return [local, ...local.alternatives].find((one) => same(one.value, value)) ?? null;
}

function fieldOf(name: FieldName, value: string | number, local: Field | undefined, precision: Precision): Field {
	const seen = seenBy(local, value);
	const others = local ? [local, ...local.alternatives].filter((one) => !same(one.value, value)) : [];
	return {
		name,
		// Our own spelling, where it is the same value: it stands on the page.
		value: seen && typeof seen.value === typeof value ? seen.value : value,
		page: seen?.page ?? null,
		box: seen?.box ?? null,
		confidence: seen ? Math.min(agreed(seen.confidence, precision.alone), precision.agreed) : precision.alone,
		source: 'ai',
		evidence: { ...local?.evidence, ai: 1, seen: seen ? 1 : 0 },
		alternatives: others.map(({ value: other, page, box, confidence }) => ({ value: other, page, box, confidence })),
	};
}

const lineOf = ({ label, quantity, unit_price, vat_rate, net }: Answer['lines'][number], { alone }: Precision): DocumentLine => ({
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

/** What a document is decides what is made of it: OpenAI alone does not say so. */
const otherClass = ({ class: mine, refusal }: DocumentRead, theirs: DocumentClass): Check => ({
	code: 'AI-CLASS',
	passed: false,
	severity: 'error',
	message: {
		fr: `OpenAI y voit ${classWords[theirs]}, notre lecture ${refusal ? 'n’a rien lu' : classWords[mine]} : à confirmer.`,
		en: 'OpenAI says it is something else than our reading does: to be confirmed.',
	},
	fields: [],
});

/**
 * Our reading and the answer together: where they agree they confirm each other, elsewhere the answer stands with the likelihood of one that
 * nobody confirmed. The same checks run on what comes of it.
 */
export function merged(local: DocumentRead, answer: Answer, today: string, precision: Precision): DocumentRead {
	const byName = new Map(local.fields.map((field) => [field.name, field]));
	const fields = new Map<FieldName, Field>(byName);
	for (const { name, value } of answer.fields) {
		const known = valueOf(name, value);
		if (known) fields.set(known.name, fieldOf(known.name, known.value, byName.get(known.name), precision));
	}
	const isSameClass = answer.class === local.class && !local.refusal;
	const classConfidence = isSameClass ? Math.min(agreed(local.classConfidence, precision.alone), precision.agreed) : precision.alone;
	const lines = answer.lines.map((line) => lineOf(line, precision));
	const vat = answer.vat.map(vatOf);
	const meaning = {
		class: answer.class,
		classConfidence,
		classes: { ...local.classes, [answer.class]: classConfidence },
		fields: [...fields.values()],
		lines: lines.length > 0 ? lines : local.lines,
		vat: vat.length > 0 ? vat : local.vat,
	};
	const checks = checkFields(meaning, { today, pages: local.pages ?? [] });
	return { ...local, ...meaning, checks: isSameClass ? checks : [otherClass(local, answer.class), ...checks], refusal: null };
}
