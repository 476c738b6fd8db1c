import { isPostgres, type Knex, type SchemaOverview } from '../directus.ts';
import { isCondition, type Condition } from '../row-rules/filter.ts';

/** Puts a condition on rows of `table` (a name or an alias) into a statement. */
export type Where = (to: Knex.QueryBuilder, table: string) => void;

type Field = SchemaOverview['collections'][string]['fields'][string];

const moments = ['date', 'dateTime', 'timestamp'];
const comparable = [...moments, 'string', 'text', 'uuid', 'integer', 'bigInteger', 'float', 'decimal', 'boolean'];

/** Directus keeps moments as milliseconds on SQLite. */
const bound = (knex: Knex, { type }: Field, value: unknown): unknown => {
	if (!moments.includes(type) || value === null) return value;
	if (value instanceof Date) return value;
	return isPostgres(knex) ? value : new Date(value as string).getTime();
};

/** One comparison of a column as Directus makes it (`applyOperator`); null for what is not needed here. `isInside`: of a row that the first one names. */
function comparison(knex: Knex, name: string, field: Field, operator: string, value: unknown, isInside: boolean): Where | null {
	const column = (table: string): string => `${table}.${name}`;
	if (operator === '_null' || operator === '_nnull' || ((operator === '_eq' || operator === '_neq') && value === null)) {
		const isNull = operator === '_eq' || (operator === '_null' && value !== false) || (operator === '_nnull' && value === false);
		// Where there is no row there is no value either, which a look among the rows does not find.
		if (isNull && isInside) return null;
		return isNull ? (to, table) => void to.whereNull(column(table)) : (to, table) => void to.whereNotNull(column(table));
	}
	const isList = operator === '_in' || operator === '_nin' || operator === '_between';
	if (isList !== Array.isArray(value) || value === undefined || isCondition(value)) return null;
	const values = (isList ? (value as unknown[]) : [value]).map((one) => bound(knex, field, one));
	if (values.some((one) => one === undefined || (typeof one === 'number' && Number.isNaN(one)))) return null;
	const [first, last] = values as [never, never];
	switch (operator) {
		case '_eq':
			return (to, table) => void to.where(column(table), '=', first);
		case '_neq':
			return (to, table) => void to.whereNot(column(table), first);
		case '_gt':
			return (to, table) => void to.where(column(table), '>', first);
		case '_gte':
			return (to, table) => void to.where(column(table), '>=', first);
		case '_lt':
			return (to, table) => void to.where(column(table), '<', first);
		case '_lte':
			return (to, table) => void to.where(column(table), '<=', first);
		case '_in':
			return (to, table) => void to.whereIn(column(table), values as never[]);
		case '_nin':
			return (to, table) => void to.whereNotIn(column(table), values as never[]);
		case '_between':
			return values.length === 2 ? (to, table) => void to.whereBetween(column(table), [first, last]) : null;
		default:
			return null;
	}
}

const isLogical = (key: string): boolean => key === '_and' || key === '_or';

/**
 * A condition in Directus's words as SQL that means the same, for comparisons of columns, of the row itself and of rows that it names (no lists, no
 * functions, no dynamic variables): what the rights of this product are made of. Null for anything else, which Directus must answer itself.
 */
export function compile(knex: Knex, schema: SchemaOverview, collection: string, condition: Condition, depth = 0): Where | null {
	const parts: Where[] = [];
	for (const [key, value] of Object.entries(condition)) {
		const part = isLogical(key) ? logical(knex, schema, collection, key, value, depth) : ofField(knex, schema, collection, key, value, depth);
		if (!part) return null;
		parts.push(part);
	}
	if (parts.length === 0) return null;
	return (to, table) => parts.forEach((part) => void to.andWhere((inner: Knex.QueryBuilder) => part(inner, table)));
}

function logical(knex: Knex, schema: SchemaOverview, collection: string, key: string, value: unknown, depth: number): Where | null {
	// Directus knows these above a path, not inside it.
	if (depth > 0 || !Array.isArray(value) || value.length === 0) return null;
	const parts = value.map((one) => (isCondition(one) ? compile(knex, schema, collection, one, depth) : null));
	if (!parts.every((part) => part !== null)) return null;
	return (to, table) => {
		for (const part of parts)
			if (key === '_and') void to.andWhere((inner: Knex.QueryBuilder) => part(inner, table));
			else void to.orWhere((inner: Knex.QueryBuilder) => part(inner, table));
	};
}

function ofField(knex: Knex, schema: SchemaOverview, collection: string, name: string, value: unknown, depth: number): Where | null {
	const field = schema.collections[collection]?.fields[name];
	if (!field || field.alias || !isCondition(value)) return null;
	const operators = Object.entries(value);
	if (operators.length !== 1) return null;
	const [operator = '', compared] = operators[0] ?? [];
	if (operator.startsWith('_')) return comparable.includes(field.type) ? comparison(knex, name, field, operator, compared, depth > 0) : null;
	const to = schema.relations.find((one) => one.collection === collection && one.field === name)?.related_collection;
	const primary = to ? schema.collections[to]?.primary : undefined;
	const inner = to ? compile(knex, schema, to, value, depth + 1) : null;
	if (!to || !primary || !inner) return null;
	const alias = `r${depth}_${name}`;
	return (query, table) =>
		void query.whereExists((rows: Knex.QueryBuilder) => {
			void rows
				.from({ [alias]: to })
				.select(knex.raw('1'))
				.whereRaw('?? = ??', [`${alias}.${primary}`, `${table}.${name}`]);
			inner(rows, alias);
		});
}

/** The collection's own fields that a condition compares; those of rows that it names are not among them. */
export const fieldsOf = (condition: Condition): string[] =>
	Object.entries(condition).flatMap(([key, value]) => (isLogical(key) ? (value as Condition[]).flatMap(fieldsOf) : [key]));

/** Whether a condition compares nothing but the collection's own columns. */
export const isOfOwnColumns = (condition: Condition): boolean =>
	Object.entries(condition).every(([key, value]) =>
		isLogical(key)
			? Array.isArray(value) && value.every((one) => isCondition(one) && isOfOwnColumns(one))
			: isCondition(value) && Object.keys(value).every((part) => part.startsWith('_')),
	);
