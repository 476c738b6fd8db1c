import { describe, expect, test } from 'vitest';
import { indexes } from '../extensions/migrations/parts/large-lists.js';
import { targetOf } from '../scripts/schema/expand.ts';
import type { FieldEntry } from '../scripts/schema/file-format.ts';
import { readSchemaFiles } from '../scripts/schema/files.ts';
import type { JsonObject } from '../scripts/schema/snapshot.ts';
import seed from './40-bookmarks.ts';
import { defaultViews } from './bookmarks/defaults.ts';
import { bookmarks } from './bookmarks/roles.ts';
import type { View } from './bookmarks/views.ts';
import { policyIds, roleKeys } from './ids.ts';
import type { RoleKey } from './ids.ts';
import { permissionRows } from './roles.ts';

const files = readSchemaFiles();
const permissions = permissionRows(files);
const entryOf = (collection: string, field: string): FieldEntry | undefined =>
	files.find((file) => file.collection === collection)?.fields.find((entry) => entry.field === field);

/** The last field of a path (`company.name`), or undefined where it leads nowhere. */
function follow(collection: string, path: string): FieldEntry | undefined {
	const [first = '', ...rest] = path.split('.');
	const entry = entryOf(collection, first);
	return rest.length === 0 ? entry : entry && follow(targetOf(entry) ?? '', rest.join('.'));
}

const options = (view: View): JsonObject => view.layout_options[view.layout] as JsonObject;
const strings = (...values: unknown[]): string[] => values.flat().filter((value): value is string => typeof value === 'string');

/** Every field that a view asks for. */
function fieldsOf(view: View): string[] {
	const query = (view.layout_query[view.layout] ?? {}) as JsonObject;
	const { groupField, titleField, textField, dateField, userField, startDateField, endDateField } = options(view);
	return strings(
		query.fields,
		strings(query.sort).map((field) => field.replace(/^-/, '')),
		groupField,
		titleField,
		textField,
		dateField,
		userField,
		startDateField,
		endDateField,
	);
}

const filterFields = (filter: JsonObject): string[] =>
	Object.entries(filter).flatMap(([key, value]) =>
		key.startsWith('_') ? (Array.isArray(value) ? value.flatMap((part) => filterFields(part as JsonObject)) : []) : [key],
	);

const readable = (role: RoleKey, collection: string, field: string): boolean => {
	if (role === 'administrator') return true;
	const fields = permissions
		.filter((row) => row.collection === collection && row.action === 'read' && row.policy === policyIds[role])
		.flatMap((row) => row.fields ?? []);
	return fields.includes('*') || fields.includes(field);
};

describe('default columns', () => {
	test('exist for each collection that people open', () => {
		const open = files.filter(({ folder, system, hidden, singleton }) => !folder && !system && !hidden && !singleton).map(({ collection }) => collection);
		expect(open.filter((collection) => !defaultViews[collection])).toEqual([]);
	});

	test.each(Object.entries(defaultViews))('of %s are fields, none of them hidden for good', (collection, view) => {
		expect([...fieldsOf(view), ...filterFields(view.filter ?? {})].filter((field) => !follow(collection, field))).toEqual([]);
	});
});

describe.each(roleKeys.filter((role) => bookmarks[role]))('bookmarks of %s', (role) => {
	const own = bookmarks[role] ?? [];

	test('are three to eight, numbered in order', () => {
		expect(own.length).toBeGreaterThanOrEqual(3);
		expect(own.length).toBeLessThanOrEqual(8);
		expect(own.map(({ name }) => Number(name.split('.')[0]))).toEqual(own.map((_, index) => index + 1));
	});

	test.each(own)('“$name” is short enough for the navigation as it opens', ({ name }) => {
		expect(name.length).toBeLessThanOrEqual(16);
	});

	test.each(own)('“$name” shows and asks only what the role may see', ({ collection, filter, view }) => {
		const fields = [...fieldsOf(view), ...filterFields(filter)];
		expect(fields.filter((field) => !follow(collection, field) || !readable(role, collection, field.split('.')[0] ?? ''))).toEqual([]);
	});

	test.each(own.filter(({ view }) => view.layout === 'kanban'))('“$name” has columns: choices, or rows with a name', ({ collection, view }) => {
		const { groupField, groupTitle } = options(view);
		const group = entryOf(collection, String(groupField));
		expect(group?.choices ?? (group && targetOf(group) && entryOf(targetOf(group) ?? '', String(groupTitle)))).toBeDefined();
	});
});

test('API, which does not open the app, has none; others have some', () => {
	expect(roleKeys.filter((role) => !bookmarks[role])).toEqual(['api']);
});

test('each row can be told from another, and from a person’s own copy', () => {
	const { key, rows } = seed as { key: string[]; rows: JsonObject[] };
	expect(key).toContain('user');
	expect(new Set(rows.map((row) => JSON.stringify(key.map((field) => row[field])))).size).toBe(rows.length);
});

test('what bookmarks call open is what the indexes of open rows hold, or PostgreSQL could not use them', () => {
	/** The statuses that a filter asks for; `?` for any other condition on the status. */
	const statuses = (filter: unknown): unknown[] => {
		if (Array.isArray(filter)) return filter.flatMap(statuses);
		if (typeof filter !== 'object' || filter === null) return [];
		return Object.entries(filter).flatMap(([field, value]) => {
			if (field !== 'status') return statuses(value);
			return Object.entries(value as JsonObject).flatMap(([operator, wanted]) => (operator === '_in' || operator === '_eq' ? wanted : '?'));
		});
	};
	for (const [collection, sort] of [
		['leads', 'sla_due_at'],
		['tasks', 'due_at'],
	] as const) {
		const index = indexes.find(({ table, columns, where }) => table === collection && columns.length === 1 && columns[0] === sort && where);
		const held = [...(index?.where ?? '').matchAll(/'(\w+)'/g)].map(([, status]) => status);
		const sorted = Object.values(bookmarks).flatMap((own) =>
			(own ?? []).filter(({ collection: of, view }) => of === collection && strings((view.layout_query.tabular as JsonObject | undefined)?.sort)[0] === sort),
		);
		expect([collection, sorted.length > 0]).toEqual([collection, true]);
		for (const { name, filter } of sorted) {
			const open = statuses(filter);
			expect([name, open.length > 0 && open.every((status) => held.includes(String(status)))]).toEqual([name, true]);
		}
	}
});
