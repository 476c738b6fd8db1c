import { isDeepStrictEqual } from 'node:util';
import { isObject } from './merge.ts';

/** One entry of a deep-diff: N new, D deleted, E edited, A changed inside an array. */
export type Change = { kind: 'N' | 'D' | 'E' | 'A'; path?: (string | number)[]; lhs?: unknown; rhs?: unknown; index?: number; item?: Change };
export type FieldDiff = { collection: string; field: string; diff: Change[] };
export type SchemaDiff = {
	collections: { collection: string; diff: Change[] }[];
	fields: FieldDiff[];
	systemFields: FieldDiff[];
	relations: (FieldDiff & { related_collection: string | null })[];
};

const columnNoise = ['data_type', 'max_length', 'numeric_precision', 'numeric_scale', 'constraint_name'];
const sameOnSqlite = [
	['string', 'uuid'],
	['float', 'decimal'],
	['integer', 'bigInteger'],
];

/**
 * True for a difference that only says "this is SQLite": it has fewer column types than PostgreSQL, has no names for
 * constraints, and Directus marks its timestamps. The files are written in PostgreSQL's terms (docs/decisions/001).
 */
function isSqliteNoise({ kind, path = [], lhs, rhs, item }: Change): boolean {
	const [first, second] = path;
	if (first === 'schema' && columnNoise.includes(String(second))) return kind === 'E';
	if (first === 'schema' && second === 'default_value') return sameDefault(lhs, rhs);
	if (first === 'type' && path.length === 1) return sameOnSqlite.some((pair) => pair.includes(String(lhs)) && pair.includes(String(rhs)));
	if (first === 'meta' && second === 'special') {
		const without = (value: unknown): unknown[] => (Array.isArray(value) ? value.filter((flag) => flag !== 'cast-timestamp') : []);
		return kind === 'A' ? item?.lhs === 'cast-timestamp' : isDeepStrictEqual(without(lhs), without(rhs));
	}
	return false;
}

/** SQLite hands JSON defaults back as text. */
function sameDefault(current: unknown, wanted: unknown): boolean {
	const plain = (value: unknown): unknown => {
		if (typeof value !== 'string') return value;
		try {
			return JSON.parse(value) as unknown;
		} catch {
			return value;
		}
	};
	return isDeepStrictEqual(plain(current), plain(wanted));
}

/** The diff without what does not count on this vendor; entries left empty go. */
export function withoutNoise(diff: SchemaDiff, vendor: string): SchemaDiff {
	const keep = <T extends { diff: Change[] }>(entries: T[]): T[] =>
		entries
			.map((entry) => ({ ...entry, diff: entry.diff.filter((change) => vendor !== 'sqlite' || !isSqliteNoise(change)) }))
			.filter((entry) => entry.diff.length > 0);
	return { collections: keep(diff.collections), fields: keep(diff.fields), systemFields: keep(diff.systemFields ?? []), relations: keep(diff.relations) };
}

/** True when the entry takes a whole collection, field or relation away (not just a property of its meta). */
export const isDelete = ({ diff: [first] }: { diff: Change[] }): boolean => first?.kind === 'D' && !first.path;

export const countChanges = (diff: SchemaDiff): number => Object.values(diff).reduce((sum, entries) => sum + entries.length, 0);

/** One line per entry, for people. */
export function describe(diff: SchemaDiff): string[] {
	const verb = (changes: Change[]): string => {
		const [first] = changes;
		if (!first?.path && first?.kind === 'N') return '+';
		if (!first?.path && first?.kind === 'D') return '-';
		return `~ ${changes.map(({ path = [], lhs, rhs, kind, index }) => `${[...path, ...(kind === 'A' ? [index] : [])].join('.')}: ${short(lhs)} → ${short(rhs)}`).join(', ')}`;
	};
	return [
		...diff.collections.map((entry) => `${entry.collection} ${verb(entry.diff)}`),
		...[...diff.fields, ...diff.systemFields].map((entry) => `${entry.collection}.${entry.field} ${verb(entry.diff)}`),
		...diff.relations.map((entry) => `${entry.collection}.${entry.field} → ${entry.related_collection} ${verb(entry.diff)}`),
	];
}

const short = (value: unknown): string => {
	const text = isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
