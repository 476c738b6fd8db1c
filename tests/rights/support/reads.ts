import { ask, isRefused, query, wordsOf, type Reply } from './ask.ts';
import type { Actor } from './cast.ts';
import type { Facts } from './facts.ts';
import type { Ledger } from './ledger.ts';
import type { Table } from './schema.ts';
import { tokenOf } from './world.ts';

type Row = Record<string, unknown>;
export type Asked = { url: string; facts: Facts; ledger: Ledger; actor: Actor; table: Table };

const same = (one: Iterable<string>, other: Iterable<string>): boolean => [...one].toSorted().join() === [...other].toSorted().join();
const rowsOf = ({ data }: Reply): Row[] => (Array.isArray(data) ? (data as Row[]) : data ? [data as Row] : []);
const short = (ids: Iterable<string>): string => [...ids].slice(0, 4).join(', ');

/** Who may not read a collection is refused on every way of reading it. */
async function refusedAltogether({ url, ledger, actor, table }: Asked): Promise<void> {
	const { name, key } = table;
	const ways: [string, Promise<Reply>][] = [
		['list', ask(url, actor, 'GET', `/items/${name}?limit=1&meta=*`)],
		['one', ask(url, actor, 'GET', `/items/${name}/11111111-1111-4111-8111-111111111111`)],
		['count', query(url, actor, name, { aggregate: { count: '*' } })],
		['group', query(url, actor, name, { groupBy: [key], aggregate: { count: '*' } })],
		['search', query(url, actor, name, { search: 'a' })],
		['export', ask(url, actor, 'GET', `/items/${name}?export=csv&limit=1`)],
	];
	for (const [way, pending] of ways) {
		const reply = await pending;
		ledger.check(isRefused(reply), [actor.label, name, 'read'], () => `${way} is not refused: ${wordsOf(reply)}`);
	}
}

/** Rows, their fields, counts, and lists of related rows (at most six of them). */
async function rowsAndFields({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	const { name, key } = table;
	const seen = facts.seen(actor, name);
	const cell = [actor.label, name, 'read'] as const;
	const lists = spread(
		table.lists.filter(({ of, field }) => !of.startsWith('directus_') && facts.fields(actor, name, 'sees').has(field)),
		6,
	);
	const reply = await query(url, actor, name, {
		fields: [...table.columns.map((column) => column.name).filter((field) => facts.fields(actor, name, 'sees').has(field)), ...lists.map(({ field }) => field)],
		limit: -1,
	});
	const rows = rowsOf(reply).filter((row) => row[key] !== undefined && row[key] !== null);
	const ids = rows.map((row) => String(row[key]));
	ledger.check(same(ids, seen.keys()), cell, () => {
		const extra = ids.filter((id) => !seen.has(id));
		const missing = [...seen.keys()].filter((id) => !ids.includes(id));
		return `${wordsOf(reply)}; shows ${extra.length} too many (${short(extra)}), ${missing.length} too few (${short(missing)})`;
	});
	const columns = new Set(table.columns.map((column) => column.name));
	for (const row of rows) {
		const fields = seen.get(String(row[key])) ?? new Set();
		const stored = facts.rows.get(name)?.get(String(row[key])) ?? {};
		const shown = Object.keys(row).filter((field) => columns.has(field) && row[field] !== null && !fields.has(field));
		ledger.check(shown.length === 0, cell, () => `shows ${shown.join(', ')} of ${String(row[key])}`);
		const hidden = [...fields].filter((field) => columns.has(field) && row[field] === undefined);
		ledger.check(hidden.length === 0, cell, () => `keeps ${hidden.join(', ')} of ${String(row[key])} back`);
		ledger.check(
			[...fields].every((field) => !columns.has(field) || (stored[field] === null) === (row[field] === null)),
			cell,
			() => `empties a field of ${String(row[key])}`,
		);
		for (const { field, of, by } of lists) {
			if (!Array.isArray(row[field])) continue;
			const children = [...facts.seen(actor, of).keys()].filter((id) => String(facts.rows.get(of)?.get(id)?.[by]) === String(row[key]));
			const given = (row[field] as unknown[]).map(String);
			ledger.check(
				children.length > 90 ? given.every((id) => children.includes(id)) : same(given, children),
				cell,
				() => `list ${field} of ${String(row[key])}: ${given.length} instead of ${children.length}`,
			);
		}
	}
	if (table.singleton) return;
	const counted = await query(url, actor, name, { aggregate: { count: ['*', key] } });
	const count = rowsOf(counted)[0]?.['count'] as Row | undefined;
	ledger.check(Number((count as Row | undefined)?.[key]) === seen.size, cell, () => `counts ${JSON.stringify(rowsOf(counted)[0])} instead of ${seen.size}`);
	const meta = await ask(url, actor, 'GET', `/items/${name}?limit=0&fields=${key}&meta=filter_count,total_count`);
	const { meta: counts } = JSON.parse(meta.text) as { meta?: { filter_count?: number; total_count?: number } };
	ledger.check(
		counts?.filter_count === seen.size && counts.total_count === seen.size,
		cell,
		() => `meta counts ${JSON.stringify(counts)} instead of ${seen.size}`,
	);
	const csv = await ask(url, actor, 'GET', `/items/${name}?export=csv&fields=${key}&limit=-1`);
	const lines = csv.text.split('\n').filter((line) => line.trim() !== '');
	ledger.check(csv.status === 200 && Math.max(0, lines.length - 1) === seen.size, cell, () => `exports ${lines.length - 1} lines instead of ${seen.size}`);
}

/** The fields that a refusal names. */
const named = ({ errors }: Reply): string => errors.map(({ message }) => message).join(' ');

/**
 * Fields that are kept from somebody are so on every way a query can name them. All are asked for at once, since a refusal
 * names each field that it is about; one that it does not name is asked for alone.
 */
async function hiddenFields({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	const fields = facts.fields(actor, table.name, 'sees');
	const cell = [actor.label, table.name, 'read'] as const;
	const hidden = table.columns.filter((column) => !fields.has(column.name));
	if (hidden.length === 0) return;
	const ways: Record<string, (names: string[]) => Row> = {
		fields: (names) => ({ fields: names }),
		filter: (names) => ({ filter: { _and: names.map((name) => ({ [name]: { _nnull: true } })) }, fields: [table.key] }),
		'filter below _or': (names) => ({
			filter: { _or: [...names.map((name) => ({ [name]: { _null: true } })), { [table.key]: { _nnull: true } }] },
			fields: [table.key],
		}),
		sort: (names) => ({ sort: names, fields: [table.key] }),
		aggregate: (names) => ({ aggregate: { count: names, countDistinct: names } }),
		group: (names) => ({ groupBy: names, aggregate: { count: '*' } }),
		alias: (names) => ({
			alias: Object.fromEntries(names.map((name, index) => [`disguised${index}`, name])),
			fields: names.map((_name, index) => `disguised${index}`),
		}),
	};
	const functions: Record<string, (names: string[]) => Row> = {
		function: (names) => ({ fields: names }),
		'filter by function': (names) => ({ filter: { _and: names.map((name) => ({ [name]: { _gt: 1 } })) }, fields: [table.key] }),
		'sort by function': (names) => ({ sort: names, fields: [table.key] }),
	};
	const dated = hidden.filter(({ type }) => type === 'timestamp' || type === 'date').map(({ name }) => `year(${name})`);
	const counted = hidden.filter(({ type }) => type === 'json').map(({ name }) => `count(${name})`);
	const tries: [string, (names: string[]) => Row, string[]][] = [
		...Object.entries(ways).map(([way, asked]): [string, (names: string[]) => Row, string[]] => [way, asked, hidden.map(({ name }) => name)]),
		...Object.entries(functions).map(([way, asked]): [string, (names: string[]) => Row, string[]] => [way, asked, [...dated, ...counted]]),
	];
	for (const [way, asked, names] of tries) {
		if (names.length === 0) continue;
		const whole = await query(url, actor, table.name, { limit: 1, ...asked(names) });
		for (const name of names) {
			const bare = name.replace(/^\w+\((.*)\)$/, '$1');
			const reply =
				isRefused(whole) && new RegExp(`"${bare}"|\\(${bare}\\)`).test(named(whole))
					? whole
					: await query(url, actor, table.name, { limit: 1, ...asked([name]) });
			ledger.check(isRefused(reply), cell, () => `${way} with ${name} is not refused: ${wordsOf(reply)} ${JSON.stringify(reply.data)}`);
		}
	}
	const words = hidden.filter(({ searchable, entry }) => searchable && !entry.choices && !table.singleton);
	for (const { name } of words) {
		const reply = await ask(url, actor, 'GET', `/items/${table.name}?search=${tokenOf(name)}&fields=${table.key}&limit=1&meta=filter_count`);
		ledger.check(rowsOf(reply).length === 0 && reply.text.includes('"filter_count":0'), cell, () => `a search finds what is in ${name}`);
	}
}

/** A search finds what one sees, and nothing else. */
async function search({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	const fields = facts.fields(actor, table.name, 'sees');
	const seen = facts.seen(actor, table.name);
	const column = table.columns.find(
		({ name, searchable }) =>
			searchable && fields.has(name) && [...(facts.rows.get(table.name)?.values() ?? [])].some((row) => String(row[name]).startsWith(tokenOf(name))),
	);
	if (!column || table.singleton) return;
	const expected = [...seen].filter(
		([id, own]) => own.has(column.name) && String(facts.rows.get(table.name)?.get(id)?.[column.name]).startsWith(tokenOf(column.name)),
	);
	const reply = await query(url, actor, table.name, { search: tokenOf(column.name), fields: [table.key], limit: -1 });
	ledger.check(
		rowsOf(reply).length === expected.length,
		[actor.label, table.name, 'read'],
		() => `a search for ${tokenOf(column.name)} finds ${rowsOf(reply).length} instead of ${expected.length}`,
	);
}

/** Single rows: some that are seen, some that are not; and one that does not exist answers like one that is not seen. */
async function singleRows({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	if (table.singleton) return;
	const seen = facts.seen(actor, table.name);
	const all = [...(facts.rows.get(table.name)?.keys() ?? [])];
	const cell = [actor.label, table.name, 'read'] as const;
	const hidden = all.filter((id) => !seen.has(id));
	for (const id of spread(hidden, 2)) {
		const reply = await ask(url, actor, 'GET', `/items/${table.name}/${id}`);
		ledger.check(isRefused(reply), cell, () => `${id} can be read by its key: ${wordsOf(reply)}`);
	}
	for (const id of spread([...seen.keys()], 1)) {
		const reply = await ask(url, actor, 'GET', `/items/${table.name}/${id}?fields=${table.key}`);
		ledger.check(reply.status === 200, cell, () => `${id} cannot be read by its key: ${wordsOf(reply)}`);
	}
}

/** Rows that a row points to: there for who sees them, null for others; what is not readable is refused. */
async function nested({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	const fields = facts.fields(actor, table.name, 'sees');
	const cell = [actor.label, table.name, 'read'] as const;
	const relations = table.columns.filter(({ name, target }) => target && fields.has(name) && facts.rows.has(target) && !target.startsWith('directus_'));
	const open = relations.filter(({ target }) => facts.may(actor, target ?? '', 'read'));
	for (const { name, target } of relations.filter((relation) => !open.includes(relation))) {
		for (const asked of [
			{ fields: [`${name}.id`] },
			{ filter: { [name]: { id: { _nnull: true } } } },
			{ sort: [`${name}.id`] },
			{ groupBy: [`${name}.id`], aggregate: { count: '*' } },
		]) {
			const reply = await query(url, actor, table.name, { limit: 1, ...asked });
			const shown = rowsOf(reply).some((row) => typeof row[name] === 'object' && row[name] !== null);
			ledger.check(
				isRefused(reply) || reply.status === 400 || ('fields' in asked && !shown),
				cell,
				() => `${JSON.stringify(asked)} reads ${target}: ${wordsOf(reply)}`,
			);
		}
	}
	if (open.length === 0) return;
	const reply = await query(url, actor, table.name, { fields: [table.key, ...open.map(({ name }) => `${name}.id`)], limit: -1 });
	const rows = rowsOf(reply);
	ledger.check(reply.status === 200, cell, () => `related rows cannot be read: ${wordsOf(reply)}`);
	for (const row of rows) {
		const stored = facts.rows.get(table.name)?.get(String(row[table.key])) ?? {};
		for (const { name, target } of open) {
			const id = stored[name];
			const expected =
				id !== null &&
				id !== undefined &&
				facts.seen(actor, table.name).get(String(row[table.key]))?.has(name) &&
				facts.seen(actor, target ?? '').has(String(id));
			ledger.check(Boolean(row[name]) === Boolean(expected), cell, () => `${name} of ${String(row[table.key])} is ${row[name] ? 'shown' : 'not shown'}`);
		}
	}
}

/** `most` items from the whole length of a list. */
export const spread = <T>(items: readonly T[], most: number): T[] =>
	items.length <= most ? [...items] : Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)] as T);

/** All that somebody can and cannot read of a collection over REST. */
export async function checkReads(asked: Asked): Promise<void> {
	const { facts, actor, table } = asked;
	if (!facts.may(actor, table.name, 'read')) return refusedAltogether(asked);
	await rowsAndFields(asked);
	await hiddenFields(asked);
	await search(asked);
	await singleRows(asked);
	await nested(asked);
}
