/**
 * The matrix's own reading of a rule. It shares no code with Directus: it walks rows that were read from the database by
 * knex. What it takes a word to mean is what a reader takes it to mean, above all: nothing is never "the same as mine".
 */
export type Value = string | number | boolean | null;
export type DatabaseRow = Record<string, unknown>;
export type Rule = { [key: string]: unknown };

/** Who asks: their row of directus_users (id, role, team, reseller_company …); null for the public. */
export type Me = DatabaseRow | null;

/** The row that a relation's field points to. */
export type Follow = (collection: string, field: string, id: unknown) => { collection: string; row: DatabaseRow } | undefined;

const plain = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : (value ?? null));

function meant(value: unknown, me: Me): unknown {
	if (value === '$CURRENT_USER') return me?.['id'] ?? null;
	if (value === '$CURRENT_ROLE') return me?.['role'] ?? null;
	if (typeof value === 'string' && value.startsWith('$CURRENT_USER.')) return me?.[value.slice('$CURRENT_USER.'.length)] ?? null;
	if (typeof value === 'string' && value.startsWith('$')) throw new Error(`the matrix does not know ${value}`);
	return value;
}

function compare(actual: unknown, operator: string, operand: unknown, me: Me): boolean {
	const value = plain(actual);
	if (operator === '_null') return (value === null) === Boolean(operand);
	if (operator === '_nnull') return (value !== null) === Boolean(operand);
	if (operator === '_eq') return value !== null && value === plain(meant(operand, me));
	if (operator === '_in') return value !== null && (operand as unknown[]).some((item) => plain(meant(item, me)) === value);
	throw new Error(`the matrix does not know the operator ${operator}`);
}

/** True when `row` of `collection` meets `rule` for `me`. An empty rule asks for nothing. */
export function meets(rule: Rule, collection: string, row: DatabaseRow, me: Me, follow: Follow): boolean {
	return Object.entries(rule).every(([key, part]) => {
		if (key === '_and') return (part as Rule[]).every((item) => meets(item, collection, row, me, follow));
		if (key === '_or') return (part as Rule[]).some((item) => meets(item, collection, row, me, follow));
		return Object.entries(part as Rule).every(([inner, operand]) => {
			if (inner.startsWith('_') && inner !== '_and' && inner !== '_or') return compare(row[key], inner, operand, me);
			const next = follow(collection, key, row[key]);
			return next !== undefined && meets({ [inner]: operand }, next.collection, next.row, me, follow);
		});
	});
}

export type Comparison = { path: string[]; operand: unknown };

/** The comparisons of a rule, in groups that must hold together (the parts of one `_and`). */
export function groupsOf(rule: Rule | undefined, path: string[] = []): Comparison[][] {
	const parts = Object.entries(rule ?? {}).map(([key, value]): Comparison[][] => {
		if (key === '_or') return (value as Rule[]).flatMap((item) => groupsOf(item, path));
		if (key === '_and') return [(value as Rule[]).flatMap((item) => groupsOf(item, path).flat())];
		if (key.startsWith('_')) return [[{ path, operand: value }]];
		return groupsOf(value as Rule, [...path, key]);
	});
	return parts.flat();
}
