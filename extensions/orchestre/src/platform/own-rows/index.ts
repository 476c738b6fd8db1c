import type { Query } from '@directus/types';
import { dayOrNull } from '../columns.ts';
import { parseJson, toDate, type Accountability, type Knex, type SchemaOverview } from '../directus.ts';
import { isCondition } from '../row-rules/filter.ts';
import { compile, fieldsOf, isOfOwnColumns, type Where } from './conditions.ts';
import { filledIn, seen, type ReadRight } from './rules.ts';

type Row = Record<string, unknown>;
type Field = SchemaOverview['collections'][string]['fields'][string];
/** `fields`: columns, and columns of rows that they name (`company.name`); `sort`: columns. */
type Asked = { fields: readonly string[] } & Pick<Query, 'filter' | 'sort' | 'limit' | 'offset'>;

type Own = { knex: Knex; schema: SchemaOverview; accountability: Accountability; rightsOf: (collection: string) => readonly ReadRight[] };

/** What Directus does to a value on its way out, where it does nothing else. */
const harmless = new Set(['uuid', 'date-created', 'date-updated', 'user-created', 'user-updated', 'role-created', 'role-updated', 'm2o', 'file', 'cast-boolean', 'cast-json', 'cast-timestamp']); // prettier-ignore
const isPlain = (field: Field | undefined): field is Field =>
	field !== undefined && !field.alias && !field.type.startsWith('geometry') && field.type !== 'csv' && field.special.every((special) => harmless.has(special));

/** A value as Directus's services give it. */
function given({ type }: Field, value: unknown): unknown {
	if (value === null || value === undefined) return null;
	if (type === 'date') return dayOrNull(value);
	if (type === 'timestamp') return toDate(value as Date).toISOString();
	if (type === 'boolean') return value === true || value === 1 || value === '1';
	return type === 'json' ? parseJson(value) : value;
}

/** The paths of each column that leads to another row, without the column's name. */
function linksOf(fields: readonly string[]): Map<string, string[]> {
	const links = new Map<string, string[]>();
	for (const field of fields) {
		const dot = field.indexOf('.');
		if (dot > 0) links.set(field.slice(0, dot), [...(links.get(field.slice(0, dot)) ?? []), field.slice(dot + 1)]);
	}
	return links;
}

type Level = { columns: string[]; order: string[]; links: Map<string, { to: string; paths: string[] }>; wheres: Where[] };

/** Which rows the caller sees, as SQL. Null where Directus has to say. */
async function visible({ knex, schema, accountability, rightsOf }: Own, collection: string, fields: readonly string[]): Promise<Where[] | null> {
	if (accountability.share) return null;
	if (accountability.admin) return [];
	const rule = seen(rightsOf(collection), fields);
	if (rule === 'all') return [];
	// Directus gives everybody a few rows of its own collections besides (their own user, for one).
	const rules = rule && !collection.startsWith('directus_') ? await filledIn(knex, accountability, rule) : null;
	const where = rules ? compile(knex, schema, collection, { _or: rules }) : null;
	return where ? [where] : null;
}

/** What a statement for these rows takes. Null for fields and conditions that are Directus's own matter. */
async function levelOf(own: Own, collection: string, { fields, filter, sort }: Asked): Promise<Level | null> {
	const { knex, schema } = own;
	const known = schema.collections[collection];
	if (!known) return null;
	const paths = linksOf(fields);
	const columns = [...new Set([...fields.filter((field) => !field.includes('.')), ...paths.keys()])];
	const order = [...(sort ?? [known.sortField ?? known.primary])];
	const sorted = order.map((field) => field.replace(/^-/, ''));
	const compared = isCondition(filter) && isOfOwnColumns(filter) ? fieldsOf(filter) : [];
	if (![...columns, ...sorted].every((field) => isPlain(known.fields[field]) && known.fields[field].type !== 'dateTime')) return null;
	const links: Level['links'] = new Map();
	for (const [column, inner] of paths) {
		const to = schema.relations.find((one) => one.collection === collection && one.field === column)?.related_collection;
		if (!to) return null;
		links.set(column, { to, paths: inner });
	}
	// A condition on rows that this one names would have to regard who sees those.
	const asked = isCondition(filter) && isOfOwnColumns(filter) ? compile(knex, schema, collection, filter) : null;
	if (isCondition(filter) && !asked) return null;
	const rules = await visible(own, collection, [...new Set([known.primary, ...columns, ...sorted, ...compared])]);
	return rules && { columns, order, links, wheres: [...rules, ...(asked ? [asked] : [])] };
}

/**
 * Rows as Directus's services give them to the caller, with as many statements as there are links to follow: those services look at all rights of
 * the caller and clone what they know of the schema at every step, milliseconds for each. Null for what only they can answer: rules that look
 * through lists, rows of which the caller sees some fields only, values that are concealed. Nobody's hooks on reading run.
 */
export async function readOwn(own: Own, collection: string, asked: Asked): Promise<Row[] | null> {
	const level = await levelOf(own, collection, asked);
	const known = own.schema.collections[collection];
	if (!level || !known) return null;
	const { columns, order, links, wheres } = level;
	const { limit = 100, offset } = asked;
	const query = own.knex(collection).select(columns.map((column) => `${collection}.${column}`));
	for (const where of wheres) void query.andWhere((inner: Knex.QueryBuilder) => where(inner, collection));
	for (const field of order) void query.orderBy(`${collection}.${field.replace(/^-/, '')}`, field.startsWith('-') ? 'desc' : 'asc');
	if (limit !== null && limit >= 0) void query.limit(limit);
	if (offset) void query.offset(offset);
	const found = (await query) as Row[];
	const rows = found.map((row): Row => Object.fromEntries(columns.map((column) => [column, given(known.fields[column] as Field, row[column])])));
	const follow = async ([column, { to, paths }]: [string, { to: string; paths: string[] }]): Promise<boolean> => {
		const primary = own.schema.collections[to]?.primary ?? 'id';
		const ids = [...new Set(rows.map((row) => row[column]).filter((id) => id !== null))];
		if (ids.length === 0) return true;
		const named = await readOwn(own, to, {
			fields: [...new Set([primary, ...paths])],
			filter: { [primary]: { _in: ids } } as never,
			sort: [primary],
			limit: -1,
		});
		if (!named) return false;
		const byId = new Map(named.map((row) => [row[primary], paths.includes(primary) ? row : without(row, primary)]));
		for (const row of rows) row[column] = byId.get(row[column]) ?? null;
		return true;
	};
	if (!(await Promise.all([...links].map(follow))).every(Boolean)) return null;
	return rows;
}

const without = (row: Row, name: string): Row => Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
