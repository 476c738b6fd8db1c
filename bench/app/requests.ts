import { bookmarks } from '../../seeds/bookmarks/roles.ts';
import { defaultViews } from '../../seeds/bookmarks/defaults.ts';
import type { View } from '../../seeds/bookmarks/views.ts';
import { pathOf } from '../../scripts/support/client.ts';
import type { JsonObject } from '../../scripts/schema/snapshot.ts';
import type { RoleKey } from '../../seeds/ids.ts';
import { shown, templateFields, type Field } from './fields.ts';

/** One request of the app; `part` says what for. */
export type Request = { part: string; path: string };
/** What the app asks the server when somebody of that role opens a list, a bookmark or a form. */
export type Opening = { role: RoleKey; kind: 'list' | 'bookmark' | 'form'; name: string; requests: Request[] };

/** What a role may read, as GET /permissions/me says: fields by collection; `*` is all. */
export type Rights = Record<string, { read?: { access: string; fields?: string[] } }>;

export type Reader = { role: RoleKey; rights: Rights; fields: ReadonlyMap<string, ReadonlyMap<string, Field>> };

const mayOpen = ({ rights }: Reader, collection: string): boolean => ['full', 'partial'].includes(rights[collection]?.read?.access ?? 'none');
const mayRead =
	({ rights }: Reader) =>
	(collection: string, field: string): boolean => {
		const allowed = rights[collection]?.read?.fields ?? [];
		return allowed.includes('*') || allowed.includes(field);
	};

export const query = (parameters: Record<string, unknown>): string =>
	Object.entries(parameters)
		.filter(([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0))
		.map(([name, value]) => `${name}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value))}`)
		.join('&');

const rows = (collection: string, fields: string[], parameters: Record<string, unknown>): Request => ({
	part: 'rows',
	path: `${pathOf(collection)}?${query({ ...parameters, fields: [...new Set([...fields, 'id'])].join(',') })}`,
});
const count = (collection: string, filter: JsonObject | null, search?: string): Request => ({
	part: search ? 'search count' : 'count',
	path: `${pathOf(collection)}?${query({ aggregate: { countDistinct: 'id' }, filter, search })}`,
});

/** The month around now for month calendars, the week for the others, as the calendar asks (its `activeStart` and `activeEnd`). */
function shownPeriod(start: string, end: string | null, now: Date): JsonObject {
	const monday = new Date(now.getTime() - ((now.getUTCDay() + 6) % 7) * 86_400_000);
	const between = [monday.toISOString().slice(0, 19), new Date(monday.getTime() + 7 * 86_400_000).toISOString().slice(0, 19)];
	const [from = '', to = ''] = between;
	const inside = { [start]: { _between: between } };
	return end ? { _or: [inside, { [end]: { _between: between } }, { _and: [{ [start]: { _lte: from } }, { [end]: { _gte: to } }] }] } : inside;
}

/** The requests of a layout: one page of rows, how many match, how many there are in all; and the columns of a board. */
function viewRequests(reader: Reader, collection: string, view: View, filter: JsonObject | null, now: Date): Request[] {
	const show = (fields: string[]): string[] => shown(fields, collection, reader.fields, mayRead(reader));
	const counts = [...(filter ? [count(collection, filter)] : []), { ...count(collection, null), part: 'total' }];
	const options = view.layout_options[view.layout] as Record<string, string | null>;
	if (view.layout === 'tabular') {
		const { fields, sort, limit } = view.layout_query.tabular as { fields: string[]; sort: string[]; limit: number };
		const page = { sort: sort.join(','), limit, page: 1, filter };
		return [rows(collection, show(fields), page), ...counts];
	}
	if (view.layout === 'calendar') {
		const { template, startDateField: start, endDateField: end } = options;
		const fields = [...templateFields(template ?? ''), start ?? '', ...(end ? [end] : [])];
		const period = shownPeriod(start ?? '', end ?? null, now);
		return [rows(collection, show(fields), { sort: 'id', limit: 1000, page: 1, filter: filter ? { _and: [filter, period] } : period }), ...counts];
	}
	const { groupField, titleField, textField, dateField, userField } = options;
	const fields = [groupField, titleField, textField, dateField].filter((field): field is string => typeof field === 'string');
	const users = userField ? ['id', 'first_name', 'last_name', 'avatar.id', 'avatar.modified_on', 'avatar.type'].map((field) => `${userField}.${field}`) : [];
	return [rows(collection, [...fields, ...users], { sort: 'id', limit: 500, page: 1, filter }), ...counts];
}

/** Every default list that the role may open. */
export const lists = (reader: Reader, now: Date): Opening[] =>
	Object.entries(defaultViews)
		.filter(([collection]) => mayOpen(reader, collection))
		.map(([collection, { filter, ...view }]) => ({
			role: reader.role,
			kind: 'list',
			name: collection,
			requests: viewRequests(reader, collection, view, filter ?? null, now),
		}));

/** Every bookmark of the role. */
export const ownBookmarks = (reader: Reader, now: Date): Opening[] =>
	(bookmarks[reader.role] ?? []).map(({ name, collection, filter, view }) => ({
		role: reader.role,
		kind: 'bookmark',
		name: `${name} (${collection})`,
		requests: viewRequests(reader, collection, view, Object.keys(filter).length > 0 ? filter : null, now),
	}));

/** Typing a name into the search bar of the default list. */
export const search = (reader: Reader, collection: string, words: string): Opening => {
	const { fields = [], sort = [] } = (defaultViews[collection]?.layout_query.tabular ?? {}) as { fields?: string[]; sort?: string[] };
	const columns = shown(fields, collection, reader.fields, mayRead(reader));
	return {
		role: reader.role,
		kind: 'list',
		name: `${collection}, search`,
		requests: [rows(collection, columns, { sort: sort.join(','), limit: 25, page: 1, search: words }), count(collection, null, words)],
	};
};

/** A form: the row, what may be done with it, its history, its comments, and a page of each list of related rows in it. */
export function form(reader: Reader, collection: string, id: string): Opening {
	const may = mayRead(reader);
	const history = { _and: [{ collection: { _eq: collection } }, { item: { _eq: id } }, { version: { _null: true } }] };
	const requests: Request[] = [
		{ part: 'row', path: `${pathOf(collection)}/${id}` },
		{ part: 'permissions', path: `/permissions/me/${collection}/${id}` },
	];
	const comments = { _and: [{ collection: { _eq: collection } }, { item: { _eq: id } }] };
	if (mayOpen(reader, 'directus_revisions')) requests.push({ part: 'revisions', path: `/revisions?${query({ filter: history, aggregate: { count: 'id' } })}` });
	if (mayOpen(reader, 'directus_comments')) requests.push({ part: 'comments', path: `/comments?${query({ filter: comments, aggregate: { count: 'id' } })}` });
	for (const { field, target, via, options, interface: kind } of reader.fields.get(collection)?.values() ?? []) {
		if (kind !== 'list-o2m' || !target || !via || !may(collection, field) || !mayOpen(reader, target)) continue;
		const wanted = options.layout === 'table' && options.fields ? options.fields : templateFields(options.template ?? '');
		const filter = { _and: [{ [via]: { _eq: id } }] };
		const sort = options.sort ? `${options.sortDirection === '-' ? '-' : ''}${options.sort}` : null;
		const { path } = rows(target, shown(wanted, target, reader.fields, may), { filter, limit: options.limit ?? 15, page: 1, sort });
		requests.push({ part: field, path });
		requests.push({ part: `${field} count`, path: `${pathOf(target)}?${query({ aggregate: { count: 'id' }, filter: { _and: [{ [via]: id }] } })}` });
	}
	return { role: reader.role, kind: 'form', name: collection, requests };
}
