import { codeCount, type Encoding, type Matrix } from './encoding.ts';

/** A number: its standardised value between the limits seen in training; missing counts as the mean. */
export type NumberTerm = { field: number; kind: 'number'; mean: number; scale: number; low: number; high: number };
/** 1 where a category has this code, or a number is missing; `share` is how often that was so in training. */
export type MarkTerm = { field: number; kind: 'code'; code: number; share: number } | { field: number; kind: 'missing'; share: number };
export type Term = NumberTerm | MarkTerm;

function numberTerms(field: number, column: Float64Array): Term[] {
	const known = column.filter((value) => !Number.isNaN(value));
	const terms: Term[] = [];
	const [mean, low, high] = known.reduce(
		([sum, least, most], value) => [sum + value / known.length, Math.min(least, value), Math.max(most, value)],
		[0, Infinity, -Infinity],
	) as [number, number, number];
	if (high > low) {
		const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
		if (variance > 0) terms.push({ field, kind: 'number', mean, scale: Math.sqrt(variance), low, high });
	}
	if (known.length < column.length && known.length > 0) terms.push({ field, kind: 'missing', share: 1 - known.length / column.length });
	return terms;
}

/** The columns of the linear model. What never varies in training is none. */
export function termsOf({ fields }: Encoding, { columns, rows }: Matrix): Term[] {
	return fields.flatMap((field, index): Term[] => {
		const column = columns[index] as Float64Array;
		if (field.kind !== 'category') return numberTerms(index, column);
		const counts = new Float64Array(codeCount(field));
		for (const code of column) counts[code] = (counts[code] as number) + 1;
		return [...counts].flatMap((count, code): Term[] => (count > 0 && count < rows ? [{ field: index, kind: 'code', code, share: count / rows }] : []));
	});
}

/** The value of a term minus its mean in training. */
export function centred(term: Term, value: number): number {
	if (term.kind === 'code') return (value === term.code ? 1 : 0) - term.share;
	if (term.kind === 'missing') return (Number.isNaN(value) ? 1 : 0) - term.share;
	return Number.isNaN(value) ? 0 : (Math.min(term.high, Math.max(term.low, value)) - term.mean) / term.scale;
}
