import type { SchemaOverview } from '../directus.ts';
import { collectionsOnPath, stepInto, type Step } from './relations.ts';

export type Condition = { [key: string]: unknown };

/** The rows of a collection that the caller sees: all, none, or those that meet a condition. */
export type RowRule = 'all' | 'none' | Condition;

/** Why a query cannot be answered without telling of rows that its author does not see. */
export type Reason = 'closed' | 'ordered' | 'counted';
export type Guard = {
	schema: SchemaOverview;
	ruleOf: (collection: string) => RowRule;
	/** Throws: `asked` (as it was written) looks at rows of `collection`. */
	refuse: (reason: Reason, collection: string, asked: string) => never;
};

/** A place on the way from the rows that are asked for to what is compared. */
type Place = {
	collection: string;
	path: readonly string[];
	/** Whether the last step led to a list. */
	list: boolean;
	/** What the rows on the way must meet, seen from the rows that are asked for. */
	rules: readonly Condition[];
	/** The ways in which there is no row on the way, which a comparison with “nothing” means as well. */
	gone: readonly Condition[];
	before: Place | null;
};

export const isCondition = (value: unknown): value is Condition =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
const isLogical = (key: string): boolean => key === '_and' || key === '_or';
const isQuantifier = (key: string): boolean => key === '_some' || key === '_none';
const isOperator = (key: string): boolean => key.startsWith('_') && !isLogical(key) && !isQuantifier(key);

const every = (conditions: readonly Condition[]): Condition =>
	conditions.length === 1 ? (conditions[0] as Condition) : conditions.length === 0 ? {} : { _and: conditions };

/** The condition, of the row at the end of `path`. Directus understands `_and` and `_or` only above a path, not inside it. */
export const under = (path: readonly string[], condition: Condition): Condition =>
	every(
		Object.entries(condition).map(([key, value]) =>
			isLogical(key)
				? { [key]: (value as Condition[]).map((part) => under(path, part)) }
				: path.reduceRight<Condition>((inner, part) => ({ [part]: inner }), { [key]: value }),
		),
	);

/** Whether a comparison holds where there is nothing at all. */
const meansNothing = (comparison: Condition): boolean =>
	Object.entries(comparison).some(
		([operator, value]) =>
			((operator === '_null' || operator === '_empty') && value !== false) ||
			((operator === '_nnull' || operator === '_nempty') && value === false) ||
			(operator === '_eq' && value === null),
	);

/**
 * Some (or none) of the rows of a list. Directus overlooks `_some` and `_none` whose content is empty or begins with `_and` or `_or`:
 * the key, which every row has, comes first.
 */
const amongRows = ({ schema }: Guard, collection: string, quantifier: string, condition: Condition): Condition => {
	const there = { [schema.collections[collection]?.primary ?? 'id']: { _nnull: true } };
	return { [quantifier]: Object.keys(condition).length === 0 ? there : { ...there, _and: [condition] } };
};

/**
 * The filter as it holds for somebody who sees only some rows of the collections that it looks into: a row on the way counts only
 * when the caller sees it. Directus joins the same path once, so a rule beside a comparison is about the same row. Lists with
 * `_some` and `_none` get their rule from Directus itself; what is compared inside them is looked through here.
 */
export function guardFilter(guard: Guard, collection: string, filter: Condition): Condition {
	return follow(guard, { collection, path: [], list: false, rules: [], gone: [], before: null }, filter);
}

const follow = (guard: Guard, place: Place, filter: Condition): Condition =>
	every(
		Object.entries(filter).map(([key, value]) => {
			if (isLogical(key)) return { [key]: (Array.isArray(value) ? value : []).map((part: Condition) => follow(guard, place, part)) };
			if (isOperator(key)) return ofTheRelation(guard, place, { [key]: value });
			return ofTheField(guard, place, key, value);
		}),
	);

function ofTheField(guard: Guard, place: Place, key: string, value: unknown): Condition {
	const comparison = isCondition(value) ? value : { _eq: value };
	const parts = Object.keys(comparison);
	if (key.includes('(') && !key.startsWith('$FOLLOW')) {
		const hidden = collectionsOnPath(guard.schema, place.collection, key).find((one) => guard.ruleOf(one) !== 'all');
		if (hidden) guard.refuse('counted', hidden, key);
		return compared(place, key, comparison);
	}
	if (parts.every(isOperator) && guard.schema.collections[place.collection]?.fields[key]?.type !== 'alias' && !key.startsWith('$FOLLOW'))
		return compared(place, key, comparison);
	const step = stepInto(guard.schema, place.collection, key);
	if (!step || (step.kind === 'one' && parts.every(isOperator))) return compared(place, key, comparison);
	const rule = guard.ruleOf(step.to);
	if (rule === 'none') guard.refuse('closed', step.to, key);
	const path = [...place.path, key];
	const next: Place = {
		collection: step.to,
		path,
		list: step.kind === 'many',
		rules: rule === 'all' ? place.rules : [...place.rules, under(path, rule as Condition)],
		gone: [...place.gone, ...withoutRow(guard, place, key, step)],
		before: place,
	};
	return every(
		Object.entries(comparison).map(([part, inner]) =>
			isQuantifier(part)
				? every([under(place.path, { [key]: amongRows(guard, step.to, part, guardFilter(guard, step.to, isCondition(inner) ? inner : {})) }), ...place.rules])
				: follow(guard, next, { [part]: inner }),
		),
	);
}

/** How it is said that the step leads to no row. Directus takes `_none` only at the beginning of a path. */
function withoutRow(guard: Guard, { path, rules }: Place, key: string, { to, kind }: Step): Condition[] {
	if (kind === 'many') return path.length === 0 ? [{ [key]: amongRows(guard, to, '_none', {}) }] : [];
	return key.includes(':') ? [] : [every([under(path, { [key]: { _null: true } }), ...rules])];
}

function compared({ path, rules, gone }: Place, key: string, comparison: Condition): Condition {
	const there = every([under(path, { [key]: comparison }), ...rules]);
	return rules.length > 0 && meansNothing(comparison) ? { _or: [there, ...gone] } : there;
}

/** A comparison of the relation itself: of the key that a row holds, or of the rows of a list being there. */
function ofTheRelation(guard: Guard, place: Place, comparison: Condition): Condition {
	const { path, list, rules, before } = place;
	if (!before) return comparison;
	if (!list) return every([under(path, comparison), ...before.rules]);
	if (!meansNothing(comparison) || rules.length === 0) return every([under(path, comparison), ...rules]);
	const [key = '', ...deeper] = path;
	if (deeper.length > 0) guard.refuse('counted', place.collection, path.join('.'));
	return { [key]: amongRows(guard, place.collection, '_none', {}) };
}
