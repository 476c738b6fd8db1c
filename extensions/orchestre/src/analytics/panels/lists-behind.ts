import type { SchemaOverview } from '../../platform/directus.ts';
import { managerRole } from '../../platform/roles.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { definitionOf, definitions } from '../kpis/definitions/index.ts';
import type { View } from './answer.ts';
import type { ListTarget } from './parts/list-link.ts';
import type { PanelContext } from './registry.ts';
import { listFilter } from './rules/list-filter.ts';

/** The list behind a KPI's figure for a view, as far as the caller may open it; `name`: what it is called unless it says so itself. */
export type ListsBehind = (key: string, name: string, view: Pick<View, 'start' | 'end' | 'scope' | 'key'>) => ListTarget | null;

/** Collections that lists behind figures are of, and those that their filters lead to: a panel with such lists reads rights on them. */
export const listed: readonly string[] = [
	...new Set(definitions.flatMap(({ list }) => list?.collection ?? [])),
	'stages',
	'stage_changes',
	'lead_status_changes',
	'line_items',
];

/** Where a field leads to: the row that it names, or the rows that name this one. */
const beyond = ({ relations }: SchemaOverview, collection: string, field: string): string | null =>
	relations.find((one) => one.collection === collection && one.field === field)?.related_collection ??
	relations.find((one) => one.related_collection === collection && one.meta?.one_field === field)?.collection ??
	null;

/** Directus refuses a list as a whole when its filter asks for a field that is out of reach. */
function mayAsk(schema: SchemaOverview, reader: PanelContext['reader'], collection: string, filter: unknown): boolean {
	if (Array.isArray(filter)) return filter.every((one) => mayAsk(schema, reader, collection, one));
	if (typeof filter !== 'object' || filter === null) return true;
	return Object.entries(filter).every(([key, value]) => {
		if (key.startsWith('_')) return mayAsk(schema, reader, collection, value);
		const next = beyond(schema, collection, key);
		return reader.readable(collection, key) && (next === null || mayAsk(schema, reader, next, value));
	});
}

/**
 * Whether the caller opens all rows of a figure: figures are shown of more than the rows that somebody may read. Whoever reads the collection as a
 * whole does, everybody does of themself, and whoever leads a team of it and its people.
 */
function seesAll({ reader, accountability }: PanelContext, collection: string, { scope, key }: Pick<View, 'scope' | 'key'>): boolean {
	if (reader.readsAll(collection)) return true;
	return (scope === 'person' && key === accountability.user) || (scope !== 'company' && accountability.role === managerRole);
}

/** Reads once what the lists of these KPIs need to know. */
export async function listsBehind(context: PanelContext, keys: readonly string[]): Promise<ListsBehind> {
	const { host, reader, now } = context;
	const schema = await host.getSchema();
	const asksForRisk = keys.some((key) => JSON.stringify(definitionOf(key)?.list ?? null).includes('$RISK'));
	const settings = asksForRisk ? ((await host.database('settings').first('retention_from')) as { retention_from: number | null } | undefined) : undefined;
	const known = { today: isoOf(toParis(now).day), risk: settings?.retention_from ?? 70 };
	return (key, name, view) => {
		const list = definitionOf(key)?.list;
		if (!list || !reader.readable(list.collection, 'id') || !seesAll(context, list.collection, view)) return null;
		const filter = listFilter(list, view, (field) => schema.collections[list.collection]?.fields[field] !== undefined, known);
		return filter && mayAsk(schema, reader, list.collection, filter) ? { collection: list.collection, filter, title: list.title ?? name } : null;
	};
}
