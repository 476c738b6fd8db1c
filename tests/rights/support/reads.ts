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
		['list', query(url, actor, name, { limit: 1 })],
		['GET', ask(url, actor, 'GET', `/items/${name}?limit=1&meta=*`)],
		['one', ask(url, actor, 'GET', `/items/${name}/11111111-1111-4111-8111-111111111111`)],
		['count', query(url, actor, name, { aggregate: { count: '*' } })],
		['group', query(url, actor, name, { groupBy: [key], aggregate: { count: '*' } })],
		['filter', query(url, actor, name, { filter: { [key]: { _nnull: true } }, fields: [key] })],
		['search', query(url, actor, name, { search: 'a' })],
		['export', ask(url, actor, 'GET', `/items/${name}?export=csv&limit=1`)],
	];
	for (const [way, pending] of ways) {
		const reply = await pending;
		ledger.check(isRefused(reply), [actor.label, name, 'read'], () => `${way} is not refused: ${wordsOf(reply)}`);
	}
}

/** Rows, their fields, counts and lists of related rows, as one sees them with `*`. */
async function rowsAndFields({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	const { name, key } = table;
	const seen = facts.seen(actor, name);
	const cell = [actor.label, name, 'read'] as const;
	const reply = await query(url, actor, name, { fields: ['*'], limit: -1 });
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
		ledger.check([...fields].every((field) => !columns.has(field) || (stored[field] === null) === (row[field] === null)), cell, () => `empties a field of ${String(row[key])}`);
		for (const { field, of, by } of table.lists) {
			if (!Array.isArray(row[field]) || of.startsWith('directus_')) continue;
			const children = [...facts.seen(actor, of).keys()].filter((id) => String(facts.rows.get(of)?.get(id)?.[by]) === String(row[key]));
			const given = (row[field] as unknown[]).map(String);
			ledger.check(children.length > 90 ? given.every((id) => children.includes(id)) : same(given, children), cell, () => `list ${field} of ${String(row[key])}: ${given.length} instead of ${children.length}`);
		}
	}
	if (table.singleton) return;
	const counted = await query(url, actor, name, { aggregate: { count: ['*', key] } });
	const count = rowsOf(counted)[0]?.['count'] as Row | undefined;
	ledger.check(Number((count as Row | undefined)?.[key]) === seen.size, cell, () => `counts ${JSON.stringify(rowsOf(counted)[0])} instead of ${seen.size}`);
	const meta = await ask(url, actor, 'GET', `/items/${name}?limit=0&fields=${key}&meta=filter_count,total_count`);
	const { meta: counts } = JSON.parse(meta.text) as { meta?: { filter_count?: number; total_count?: number } };
	ledger.check(counts?.filter_count === seen.size && counts.total_count === seen.size, cell, () => `meta counts ${JSON.stringify(counts)} instead of ${seen.size}`);
	const csv = await ask(url, actor, 'GET', `/items/${name}?export=csv&fields=${key}&limit=-1`);
	const lines = csv.text.split('\n').filter((line) => line.trim() !== '');
	ledger.check(csv.status === 200 && Math.max(0, lines.length - 1) === seen.size, cell, () => `exports ${lines.length - 1} lines instead of ${seen.size}`);
}

/** A field that is kept from somebody is so on every way a query can name it. */
async function hiddenFields({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	const fields = facts.fields(actor, table.name, 'sees');
	const cell = [actor.label, table.name, 'read'] as const;
	for (const { name, type, searchable } of table.columns.filter((column) => !fields.has(column.name))) {
		const ways: Record<string, Row> = {
			fields: { fields: [name] },
			filter: { filter: { [name]: { _nnull: true } }, fields: [table.key] },
			'filter below _or': { filter: { _or: [{ [name]: { _null: true } }, { [table.key]: { _nnull: true } }] }, fields: [table.key] },
			sort: { sort: [name], fields: [table.key] },
			aggregate: { aggregate: { count: [name], countDistinct: [name] } },
			group: { groupBy: [name], aggregate: { count: '*' } },
			alias: { alias: { disguised: name }, fields: ['disguised'] },
			...(type === 'timestamp' && { function: { fields: [`year(${name})`] }, 'filter by function': { filter: { [`year(${name})`]: { _gt: 1 } } } }),
			...(type === 'json' && { function: { fields: [`count(${name})`] } }),
		};
		const ask: [string, Reply][] = await Promise.all(Object.entries(ways).map(async ([way, asked]): Promise<[string, Reply]> => [way, await query(url, actor, table.name, { limit: 1, ...asked })]));
		for (const [way, reply] of ask) ledger.check(isRefused(reply), cell, () => `${way} with ${name} is not refused: ${wordsOf(reply)} ${JSON.stringify(reply.data)}`);
		if (!searchable) continue;
		const reply = await query(url, actor, table.name, { search: tokenOf(name), fields: [table.key], limit: 1 });
		ledger.check(rowsOf(reply).length === 0, cell, () => `a search finds what is in ${name}`);
	}
}

/** A search finds what one sees, and nothing else. */
async function search({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	const fields = facts.fields(actor, table.name, 'sees');
	const seen = facts.seen(actor, table.name);
	const column = table.columns.find(({ name, searchable }) => searchable && fields.has(name) && [...(facts.rows.get(table.name)?.values() ?? [])].some((row) => String(row[name]).startsWith(tokenOf(name))));
	if (!column || table.singleton) return;
	const expected = [...seen].filter(([id, own]) => own.has(column.name) && String(facts.rows.get(table.name)?.get(id)?.[column.name]).startsWith(tokenOf(column.name)));
	const reply = await query(url, actor, table.name, { search: tokenOf(column.name), fields: [table.key], limit: -1 });
	ledger.check(rowsOf(reply).length === expected.length, [actor.label, table.name, 'read'], () => `a search for ${tokenOf(column.name)} finds ${rowsOf(reply).length} instead of ${expected.length}`);
}

/** Single rows: some that are seen, some that are not; and one that does not exist answers like one that is not seen. */
async function singleRows({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	if (table.singleton) return;
	const seen = facts.seen(actor, table.name);
	const all = [...(facts.rows.get(table.name)?.keys() ?? [])];
	const cell = [actor.label, table.name, 'read'] as const;
	const hidden = all.filter((id) => !seen.has(id));
	for (const id of spread(hidden, 5)) {
		const reply = await ask(url, actor, 'GET', `/items/${table.name}/${id}`);
		ledger.check(isRefused(reply), cell, () => `${id} can be read by its key: ${wordsOf(reply)}`);
	}
	for (const id of spread([...seen.keys()], 2)) {
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
		for (const asked of [{ fields: [`${name}.id`] }, { filter: { [name]: { id: { _nnull: true } } } }, { sort: [`${name}.id`] }, { groupBy: [`${name}.id`], aggregate: { count: '*' } }]) {
			const reply = await query(url, actor, table.name, { limit: 1, ...asked });
			ledger.check(isRefused(reply) || reply.status === 400, cell, () => `${JSON.stringify(asked)} reads ${target}: ${wordsOf(reply)}`);
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
			const expected = id !== null && id !== undefined && facts.seen(actor, table.name).get(String(row[table.key]))?.has(name) && facts.seen(actor, target ?? '').has(String(id));
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
