import { parseFilter } from '@directus/utils';
import { parseJson, type Accountability, type Knex } from '../directus.ts';
import { isCondition, type Condition } from '../row-rules/filter.ts';
import { isOpen } from '../row-rules/rules.ts';

/** A right to read: these fields of the rows that meet the condition (as it is kept, with variables). */
export type ReadRight = { fields: ReadonlySet<string>; rule: Condition | null };

/** Which rows of a collection the caller sees with given fields, all of them: every row, or those that meet one of these. */
export type Seen = 'all' | readonly Condition[];

const textsIn = (rule: unknown): string[] => {
	if (typeof rule === 'string') return [rule];
	return typeof rule === 'object' && rule !== null ? Object.values(rule).flatMap(textsIn) : [];
};
const ofUser = /^\$CURRENT_USER\.(\w+)$/;
const plain = ['$CURRENT_USER', '$CURRENT_ROLE'];

export const rightOf = (fields: string | null, permissions: unknown): ReadRight => {
	const rule = parseJson<Condition | null>(permissions ?? null);
	return { fields: new Set((fields ?? '').split(',').filter(Boolean)), rule: isOpen(rule) ? null : rule };
};

const has = ({ fields }: ReadRight, field: string): boolean => fields.has('*') || fields.has(field);

/**
 * The rules under which the caller reads these fields, if it is all of them or none in every row: a row that shows some of the fields and hides
 * others is Directus's own matter (null).
 */
export function seen(rights: readonly ReadRight[], fields: readonly string[]): Seen | null {
	const whole = rights.filter((right) => fields.every((field) => has(right, field)));
	if (whole.some(({ rule }) => rule === null)) return 'all';
	if (whole.length === 0 || rights.some((right) => !whole.includes(right) && fields.some((field) => has(right, field)))) return null;
	return whole.map(({ rule }) => rule).filter((rule) => rule !== null);
}

/** Fills in who the caller is; null for variables that are not about the caller's own row. */
export async function filledIn(knex: Knex, accountability: Accountability, rules: readonly Condition[]): Promise<Condition[] | null> {
	const variables = [...new Set(textsIn(rules).filter((text) => text.startsWith('$')))];
	const columns = variables.flatMap((variable) => ofUser.exec(variable)?.[1] ?? []);
	if (variables.some((variable) => !plain.includes(variable) && !ofUser.test(variable))) return null;
	const own = columns.length > 0 ? ((await knex('directus_users').where({ id: accountability.user }).first(columns)) as Condition | undefined) : {};
	if (!own) return null;
	return rules.map((rule): unknown => parseFilter(rule as never, accountability, { $CURRENT_USER: own } as never)).filter(isCondition);
}
