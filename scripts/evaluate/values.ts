import { toInstant } from '../../extensions/orchestre/src/exchange/rules/dates.ts';
import type { Cell, FieldKind } from '../../extensions/orchestre/src/learners/table.ts';

const missing = new Set(['', 'na', 'n/a', 'nan', 'null', '#n/a', '?', '-']);
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const dated = /^(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})([ T,]|$)/;

export const isMissing = (text: string): boolean => missing.has(text.trim().toLowerCase());

/** A number as people write it: 1234.5, 1 234,50 €, 12 %, 1,234.50; null when it is none. */
export function toNumber(text: string): number | null {
	const bare = text.replace(/[\s\u00A0\u202F€$%]/g, '');
	const plain = /^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(bare) ? bare.replaceAll(',', '') : bare.replace(/^([+-]?\d+),(\d+)$/, '$1.$2');
	return number.test(plain) ? Number(plain) : null;
}

/** A moment in ms: ISO or day first; `monthFirst` for files that say 12/31/2026. */
export function toMs(text: string, monthFirst = false): number | null {
	const own = text.trim();
	if (!dated.test(own)) return null;
	const found = toInstant(monthFirst ? own.replace(/^(\d{1,2})([/.-])(\d{1,2})/, '$3$2$1') : own.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T'));
	return found === null ? null : Date.parse(found);
}

/** How a column is read, found on the training file and used on both. */
export type Reading = { kind: FieldKind; read: (text: string) => Cell };

const readings: readonly Reading[] = [
	{ kind: 'number', read: toNumber },
	{ kind: 'date', read: (text) => toMs(text) },
	{ kind: 'date', read: (text) => toMs(text, true) },
];
const asText: Reading = { kind: 'category', read: (text) => text.trim() };

/** Numbers or dates when 98 of 100 filled cells are; else text. */
export function readingOf(cells: readonly string[]): Reading {
	const filled = cells.filter((cell) => !isMissing(cell));
	const isMostly = ({ read }: Reading): boolean => filled.filter((cell) => read(cell) !== null).length >= 0.98 * filled.length;
	return (filled.length > 0 && readings.find(isMostly)) || asText;
}

/**
 * Numbers that name rows and tell nothing: whole, all different, and either called so or as dense as a counter. What a counter says
 * is when a row was written.
 */
export function isIdentifier(header: string, cells: readonly string[], { kind, read }: Reading): boolean {
	const filled = cells.filter((cell) => !isMissing(cell));
	if (filled.length < 50 || new Set(filled).size < filled.length) return false;
	if (kind !== 'number') return kind === 'category';
	const values = filled.map((cell) => read(cell) as number);
	if (!values.every((value) => Number.isInteger(value))) return false;
	const span = values.reduce((most, value) => Math.max(most, value), -Infinity) - values.reduce((least, value) => Math.min(least, value), Infinity);
	return (
		/(^|[^a-z])(id|uuid|ref|no|num|number|numéro|numero|index)s?([^a-z]|$)|[a-z]I[dD]$/i.test(header) ||
		header.startsWith('colonne ') ||
		span < 20 * values.length
	);
}
