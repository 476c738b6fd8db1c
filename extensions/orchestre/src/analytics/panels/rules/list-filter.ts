import type { View } from '../answer.ts';

type Filled = string | number | boolean | null | Filled[] | { [key: string]: Filled };

const fill = (part: unknown, days: Readonly<Record<string, string>>): Filled => {
	if (typeof part === 'string') return days[part] ?? part;
	if (Array.isArray(part)) return part.map((one) => fill(one, days));
	if (typeof part !== 'object' || part === null) return part as Filled;
	return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fill(value, days)]));
};

/**
 * The filter of the rows behind a figure: `$FROM` and `$TO` become the period's first and last moment, and the rows are those of the view's person
 * or team, by the field that the collection has (`has`): tasks belong to whoever is to do them. Moments go without a zone, so that they fit dates and moments alike.
 */
export function listFilter(
	filter: unknown,
	{ start, end, scope, key }: Pick<View, 'start' | 'end' | 'scope' | 'key'>,
	has: (field: string) => boolean,
): object {
	const field = { company: [], team: ['team'], person: ['owner', 'assignee'] }[scope].find(has);
	const parts = [...(filter ? [fill(filter, { $FROM: `${start}T00:00:00`, $TO: `${end}T23:59:59` })] : []), ...(field ? [{ [field]: { _eq: key } }] : [])];
	return { _and: parts };
}
