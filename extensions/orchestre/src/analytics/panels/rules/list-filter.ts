import type { KpiList } from '../../kpis/types.ts';
import { dayOf, isoOf } from '../../../platform/time/paris.ts';
import type { View } from '../answer.ts';

type Filled = string | number | boolean | null | Filled[] | { [key: string]: Filled };
type Token = (word: string) => string | number | undefined;

const fill = (part: unknown, token: Token): Filled => {
	if (typeof part === 'string') return token(part) ?? part;
	if (Array.isArray(part)) return part.map((one) => fill(one, token));
	if (typeof part !== 'object' || part === null) return part as Filled;
	return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fill(value, token)]));
};

type Own = Pick<View, 'start' | 'end' | 'scope' | 'key'>;
/** `today`: YYYY-MM-DD. `risk`: the index from which on a client is likely to leave. */
type Known = { today: string; risk?: number };

/** Moments go without a zone, so that they fit dates and moments alike. */
function tokenOf({ start, end, key }: Own, { today, risk }: Known): Token {
	const last = dayOf(end < today ? end : today) ?? 0;
	return (word) => {
		const [, back] = /^\$DAY(?:-(\d+))?$/.exec(word) ?? [word];
		if (word.startsWith('$DAY')) return `${isoOf(last - Number(back ?? 0))}T00:00:00`;
		return { $FROM: `${start}T00:00:00`, $TO: `${end}T23:59:59.999`, $KEY: key, $RISK: risk ?? 100 }[word];
	};
}

/**
 * The filter of the rows behind a figure, its tokens filled (kpis/types.ts says which there are), and the rows those of the view's person or team, by
 * the field that the collection has (`has`): tasks belong to whoever is to do them. Null where the rows tell what is the case now and the view is of before.
 */
export function listFilter(
	{ filter, whose, now }: Pick<KpiList, 'filter' | 'whose' | 'now'>,
	view: Own,
	has: (field: string) => boolean,
	known: Known,
): object | null {
	if (now && view.end < known.today) return null;
	const field = { company: [], team: ['team'], person: ['owner', 'assignee'] }[view.scope].find(has);
	const own = view.scope === 'company' ? undefined : (whose?.[view.scope] ?? (field ? { [field]: { _eq: view.key } } : undefined));
	return { _and: [filter, ...(own ? [own] : [])].map((part) => fill(part, tokenOf(view, known))) };
}
