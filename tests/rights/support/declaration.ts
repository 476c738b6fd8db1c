import type { LimitedRole } from '../../../seeds/rights/words.ts';
import { rights } from '../../../seeds/rights/index.ts';
import { sensitiveFields } from '../../../seeds/rights/protected.ts';
import type { Rule } from './evaluate.ts';
import { tables } from './schema.ts';

/**
 * What a role may do in one collection, read from the tables of seeds/rights in this file's own way: the compiler that
 * makes Directus's permissions of them is what the matrix tests.
 */
export type Granted = {
	read?: Rule;
	create?: Rule;
	update?: Rule;
	delete?: Rule;
	keeps?: Rule;
	given: Record<string, unknown>;
	/** Fields that are seen, given to a new row, changed. */
	sees: Set<string>;
	sets: Set<string>;
	changes: Set<string>;
};

const staff: readonly string[] = ['direction', 'manager', 'commercial', 'finance', 'success', 'operations'];
export const isStaff = (role: string): boolean => staff.includes(role);

type Line = Partial<Record<'read' | 'create' | 'update' | 'delete' | 'keeps', Rule>> & {
	given?: Record<string, unknown>;
	sees?: Choice;
	sets?: Choice;
	changes?: Choice;
};
type Choice = { only?: readonly string[]; allBut?: readonly string[] };
type TableOfLines = Record<string, Line | string | undefined>;

/** The role's line, over the line of the whole staff. */
function lineOf(collection: string, role: string): Line {
	const lines = rights[collection] as unknown as TableOfLines | undefined;
	const own = lines?.[role];
	if (own === undefined || own === 'none') return {};
	const common = isStaff(role) ? ((lines?.['staff'] as Line | undefined) ?? {}) : {};
	return own === 'like staff' ? common : { ...common, ...(own as Line) };
}

const given = new Set(['key', 'serial-key', 'date-created', 'user-created', 'date-updated', 'user-updated']);

/** Fields that nobody writes: read-only in the form, keys, traces. */
export const keptFields = (collection: string): Set<string> =>
	new Set(
		tables
			.get(collection)
			?.file.fields.filter(({ kind, readonly, meta }) => readonly || meta?.['readonly'] === true || given.has(kind))
			.map(({ field }) => field) ?? [],
	);

const picked = (all: string[], choice: Choice | undefined): string[] => {
	if (choice?.only) return [...choice.only];
	return all.filter((field) => !choice?.allBut?.includes(field));
};

/** Where a relation leads, whichever end it is seen from: a list by its rows, and by what their junction leads to. */
function targetsOf(collection: string, field: string): string[] {
	const table = tables.get(collection);
	const column = table?.columns.find(({ name }) => name === field);
	if (column?.target) return [column.target];
	const list = table?.lists.find((one) => one.field === field);
	if (!list) return [];
	const rows = tables.get(list.of)?.columns;
	const junction = rows?.find(({ name }) => name === list.by)?.entry.junction;
	return [list.of, rows?.find(({ name }) => name === junction)?.target ?? list.of];
}

const reads = (collection: string, role: string): boolean => {
	if (collection.startsWith('directus_') && !rights[collection]) return role !== 'api';
	return role === 'self' ? staff.every((one) => lineOf(collection, one).read) : Boolean(lineOf(collection, role).read);
};

function grant(collection: string, role: string, line: Line): Granted {
	const all = tables.get(collection)?.fields ?? [];
	const kept = keptFields(collection);
	const writable = all.filter((field) => !kept.has(field));
	const among = (side: 'seen' | 'written') => (field: string) => {
		// A relation to what the role does not read is not offered; a system that only sends still says what a row belongs to.
		if ((side === 'seen' || role !== 'api') && !targetsOf(collection, field).every((target) => reads(target, role))) return false;
		const protection = sensitiveFields[`${collection}.${field}`];
		return !protection || protection[side].includes(role as LimitedRole);
	};
	const { sees, sets, changes, given: presets = {}, ...rules } = line;
	return {
		...rules,
		given: presets,
		sees: new Set(rules.read ? picked(all, sees).filter(among('seen')) : []),
		sets: new Set(rules.create ? picked(writable, sets).filter(among('written')) : []),
		changes: new Set(rules.update ? picked(writable, changes).filter(among('written')) : []),
	};
}

/** What each of a role's policies grants: its own, and for the staff `self`. */
export function granted(collection: string, role: string): Granted[] {
	const own = grant(collection, role, lineOf(collection, role));
	const self = (rights[collection] as unknown as TableOfLines | undefined)?.['self'];
	return isStaff(role) && self ? [own, grant(collection, 'self', self as Line)] : [own];
}
