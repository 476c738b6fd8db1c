import type { Accountability, Host } from '../platform/directus.ts';
import { UnexpectedError } from '../platform/errors.ts';
import { reachOf, type Reached } from './reach.ts';
import { readerFor, type Reader } from './reader.ts';
import { lastDayUpTo, mergePage, writeCursor, type Arm } from './rules/pages.ts';
import { kinds, type Cursor, type Kind, type Row, type Subject, type TimelineEvent, type TimelinePage } from './rules/types.ts';
import { linkTargets, sources, type LinkTarget, type Source } from './sources.ts';

type Filter = Record<string, unknown>;

/** A text is told, not filed: what is longer than a page is read on its own form. */
const longestText = 2000;

export const collectionsRead = [
	...new Set([...sources.map(({ collection }) => collection), ...Object.keys(linkTargets), 'opportunity_contacts', 'planning_guests', 'alerts']),
];

const needs = ({ at, also = {}, by }: Source, columns: readonly string[]): string[] => {
	const conditions = Object.keys(also).flatMap((key) => (key === '_or' ? ['archived'] : [key]));
	return [at, ...conditions, ...columns.filter((column) => column in by)];
};

/** Columns of this source that this reader may follow. */
const columnsOf = (reader: Reader, source: Source): string[] => Object.keys(source.by).filter((column) => reader.readable(source.collection, column));

const isReadable = (reader: Reader, source: Source): boolean =>
	columnsOf(reader, source).length > 0 && needs(source, []).every((field) => reader.readable(source.collection, field));

function upTo({ at, day }: Source, from: Cursor | null): Filter[] {
	if (!from) return [{ [at]: { _nnull: true } }];
	// A database may know finer parts of a second than an instant in ms.
	return [{ [at]: day ? { _lte: lastDayUpTo(from.t) } : { _lt: new Date(from.t + 1).toISOString() } }];
}

/** What makes a row of this source belong to the record; null when nothing can. */
export function reachedBy(source: Source, columns: readonly string[], { ids: reached }: Reached): Filter | null {
	const ways = columns.flatMap((column) => {
		const ids = reached[source.by[column] ?? 'leads'] ?? [];
		return ids.length === 0 ? [] : [{ [column]: ids.length === 1 ? { _eq: ids[0] } : { _in: ids } }];
	});
	return ways.length === 0 ? null : ways.length === 1 ? (ways[0] as Filter) : { _or: ways };
}

const shortened = (row: Row): Row =>
	Object.fromEntries(
		Object.entries(row).map(([field, value]) => [field, typeof value === 'string' && value.length > longestText ? `${value.slice(0, longestText)}…` : value]),
	) as Row;

async function readArm(reader: Reader, source: Source, reached: Reached, from: Cursor | null, limit: number): Promise<Arm> {
	const columns = columnsOf(reader, source);
	const filter = reachedBy(source, columns, reached);
	const arm: Arm = { source: source.source, events: [] };
	if (!filter) return arm;
	const rows = await reader.rows(source.collection, {
		needs: needs(source, columns),
		fields: [source.at, ...source.fields, ...Object.keys(source.links)],
		filter: { _and: [filter, ...(source.also ? [source.also] : []), ...upTo(source, from)] } as never,
		sort: [`-${source.at}`, '-id'],
		limit: limit + 1,
		offset: from?.n[source.source] ?? 0,
	});
	const { kind, collection } = source;
	const events = rows.map((row): TimelineEvent => ({
		key: `${source.source}:${row.id}`,
		source: source.source,
		kind,
		collection,
		at: String(row[source.at]),
		row: shortened(row),
	}));
	return { ...arm, events };
}

const bySource = new Map(sources.map((source) => [source.source, source]));

export function sourceOf(name: string): Source {
	const source = bySource.get(name);
	if (!source) throw new UnexpectedError(`The timeline has no source "${name}".`);
	return source;
}

/** Puts `{ id, name }` in the place of links, as far as the reader sees what they lead to; null else. One query per collection. */
async function nameLinks(reader: Reader, events: readonly TimelineEvent[]): Promise<void> {
	const wanted = new Map<LinkTarget, Set<string>>();
	const each = (visit: (row: Row, field: string, target: LinkTarget) => void): void => {
		for (const { source, row } of events)
			for (const [field, target] of Object.entries(bySource.get(source)?.links ?? {})) if (row[field]) visit(row, field, target);
	};
	each((row, field, target) => wanted.set(target, (wanted.get(target) ?? new Set()).add(String(row[field]))));
	const named = new Map(
		await Promise.all(
			[...wanted].map(async ([target, found]) => {
				const fields = linkTargets[target];
				const more = target === 'stages' ? ['is_won', 'is_lost'] : [];
				const rows = await reader.rows(target, { needs: [], fields: [...fields, ...more], filter: { id: { _in: [...found] } }, limit: -1 });
				const nameOf = (row: Row): string =>
					fields
						.map((field) => row[field])
						.filter(Boolean)
						.join(' ');
				return [target, new Map(rows.map((row) => [row.id, { ...row, name: nameOf(row) }]))] as const;
			}),
		),
	);
	each((row, field, target) => {
		row[field] = named.get(target)?.get(String(row[field])) ?? null;
	});
}

export type Asked = { kinds: readonly Kind[]; limit: number; from: Cursor | null };

/** A page of the timeline of a record: what its reader may see of it, and no more. Throws Directus's 403 when the record is out of reach. */
export async function readTimeline(host: Host, accountability: Accountability, subject: Subject, id: string, asked: Asked): Promise<TimelinePage> {
	const reader = await readerFor(host, accountability, collectionsRead);
	const reached = await reachOf[subject](reader, id);
	const known = sources.filter((source) => isReadable(reader, source) && Object.values(source.by).some((reach) => reach in reached.ids));
	const wanted = known.filter(({ kind }) => asked.kinds.length === 0 || asked.kinds.includes(kind));
	const arms = await Promise.all(wanted.map((source) => readArm(reader, source, reached, asked.from, asked.limit)));
	const { events, next } = mergePage(arms, asked.limit, asked.from);
	await nameLinks(reader, events);
	return { events, next: next && writeCursor(next), kinds: kinds.filter((kind) => known.some((source) => source.kind === kind)) };
}
