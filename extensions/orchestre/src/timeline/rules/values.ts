import type { Language } from '../../platform/amount.ts';
import { dateFormat, numberFormat } from '../../platform/formats.ts';
import type { Label } from '../../platform/record-panel/use-labels.ts';
import { localMoment } from './groups.ts';
import type { Row } from './types.ts';

/** What a teller knows. */
export type Context = { row: Row; now: Date; language: Language; label: Label };

export const text = (row: Row, field: string): string | null => {
	const value = row[field];
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};
export const linked = (row: Row, field: string): { id: string; name: string; [more: string]: unknown } | null => {
	const value = row[field];
	return typeof value === 'object' && value !== null && 'name' in value && value.name ? (value as { id: string; name: string }) : null;
};
export const kept = (facts: (string | null | false | undefined)[]): string[] => facts.filter((fact): fact is string => Boolean(fact));

export const dayIn = (at: unknown, language: Language): string | null =>
	typeof at === 'string' ? dateFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(localMoment(at)) : null;

export function money(row: Row, field: string, language: Language): string | null {
	const cents = row[field];
	if (typeof cents !== 'number') return null;
	const currency = text(row, 'currency') ?? 'EUR';
	return numberFormat(language, { style: 'currency', currency, maximumFractionDigits: cents % 100 === 0 ? 0 : 2 }).format(cents / 100);
}

/** A choice's label, or its value when the label is out of reach; null when there is none. */
export const choice = ({ row, label }: Context, collection: string, field: string): string | null => {
	const value = text(row, field);
	return value && (label(collection, field, value) ?? value);
};
export const isPast = (at: unknown, now: Date): boolean => typeof at === 'string' && (at.length === 10 ? new Date(`${at}T23:59:59`) : new Date(at)) < now;
