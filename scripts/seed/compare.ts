import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../schema/snapshot.ts';
import type { Row } from '../support/client.ts';

/** Text under which a row is recognised: the values of its key fields. */
export const keyOf = (row: Row, key: string[]): string => JSON.stringify(key.map((field) => row[field] ?? null));

/** The fields of `wanted` (only those in `owned`) in which `current` differs; undefined when in none. */
export function changesOf(wanted: Row, current: Row, owned: (field: string) => boolean): Row | undefined {
	const entries = Object.entries(wanted).filter(([field, value]) => owned(field) && !sameValue(value, current[field] ?? null));
	return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** True when the database would give `wanted` back as `current`: dates by their instant, numbers also as text. */
export function sameValue(wanted: Json, current: Json): boolean {
	if (isDeepStrictEqual(wanted, current)) return true;
	if (typeof wanted === 'string' && typeof current === 'string') return isInstant(wanted) && isInstant(current) && Date.parse(wanted) === Date.parse(current);
	if (typeof wanted === 'number' && typeof current === 'string') return current !== '' && Number(current) === wanted;
	// SQLite keeps booleans as numbers where Directus does not know the field as boolean.
	if (typeof wanted === 'boolean' && typeof current === 'number') return Number(wanted) === current;
	return false;
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);
