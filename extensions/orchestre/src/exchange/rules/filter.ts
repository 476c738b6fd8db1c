import { generateJoi } from '@directus/utils';

type Check = (payload: Record<string, unknown>) => boolean;
type Filter = Record<string, unknown>;

/**
 * A field's validation rule as a function. Leaves are Directus's own (`generateJoi`), made once instead of once a row; `_and` and
 * `_or` are taken apart as Directus does.
 */
export function compileFilter(filter: Filter): Check {
	const [operator, parts] = Object.entries(filter)[0] ?? [];
	if (operator === undefined) return () => true;
	if (operator === '_and' || operator === '_or') {
		const checks = (parts as Filter[]).map(compileFilter);
		return operator === '_and' ? (payload) => checks.every((check) => check(payload)) : (payload) => checks.some((check) => check(payload));
	}
	const schema = generateJoi(filter as Parameters<typeof generateJoi>[0]);
	return (payload) => schema.validate(payload).error === undefined;
}
