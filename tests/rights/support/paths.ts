import { ask, isRefused, query, wordsOf, type Reply } from './ask.ts';
import type { Facts } from './facts.ts';
import type { Asked } from './reads.ts';
import { tables, type Table } from './schema.ts';

/** A relation as a filter goes through it, and the rows on its other side that belong to one of ours. */
type Way = { field: string; to: string; list: boolean; behind: (id: string) => string[] };

function waysOf(facts: Facts, table: Table): Way[] {
	const rows = facts.rows.get(table.name);
	const ones = table.columns.flatMap(({ name, target }): Way[] =>
		target && facts.rows.has(target)
			? [{ field: name, to: target, list: false, behind: (id) => [rows?.get(id)?.[name]].filter((key) => key !== null && key !== undefined).map(String) }]
			: [],
	);
	const lists = table.lists.flatMap(({ field, of, by }): Way[] => {
		const children = new Map<string, string[]>();
		for (const [id, row] of facts.rows.get(of) ?? []) children.set(String(row[by]), [...(children.get(String(row[by])) ?? []), id]);
		return [{ field, to: of, list: true, behind: (id) => children.get(id) ?? [] }];
	});
	return [...ones, ...lists];
}

const keyOf = (collection: string): string => tables.get(collection)?.key ?? 'id';
const idsOf = ({ data }: Reply, key: string): string[] => ((data as Record<string, unknown>[] | undefined) ?? []).map((row) => String(row[key])).toSorted();

/**
 * A filter through each relation finds the rows behind which the caller sees a row, and “nothing there” those behind which there is
 * none for them; the count beside the list says the same. Sorted and counted is only through tables that the caller sees whole.
 */
export async function checkPaths({ url, facts, ledger, actor, table }: Asked): Promise<void> {
	if (table.singleton || !facts.may(actor, table.name, 'read')) return;
	const seen = [...facts.seen(actor, table.name).keys()];
	const fields = facts.fields(actor, table.name, 'sees');
	for (const { field, to, list, behind } of waysOf(facts, table)) {
		if (!fields.has(field) || !facts.may(actor, to, 'read')) continue;
		const cell = [actor.label, `${table.name}.${field}`, 'through'] as const;
		const visible = facts.seen(actor, to);
		const whole = facts.granted(actor, to).some(({ read }) => read && Object.keys(read).length === 0);
		const found = seen.filter((id) => behind(id).some((key) => visible.has(key)));
		const empty = seen.filter((id) => (list ? !behind(id).some((key) => visible.has(key)) : behind(id).length === 0));
		for (const [operator, expected] of [
			['_nnull', found],
			['_null', empty],
		] as const) {
			const filter = { [field]: { [keyOf(to)]: { [operator]: true } } };
			const reply = await ask(url, actor, 'SEARCH', `/items/${table.name}`, { query: { filter, fields: [table.key], limit: -1, meta: ['filter_count'] } });
			const { meta } = JSON.parse(reply.text) as { meta?: { filter_count?: number } };
			ledger.check(
				idsOf(reply, table.key).join() === expected.toSorted().join() && meta?.filter_count === expected.length,
				cell,
				() => `${operator} finds ${idsOf(reply, table.key).length}, counts ${meta?.filter_count}, instead of ${expected.length}: ${wordsOf(reply)}`,
			);
		}
		const sorted = await query(url, actor, table.name, { sort: [`-${field}.${keyOf(to)}`], fields: [table.key], limit: 1 });
		ledger.check(isRefused(sorted) !== whole, cell, () => `sort: ${wordsOf(sorted)}`);
		if (!list) continue;
		const counted = await query(url, actor, table.name, { filter: { [`count(${field})`]: { _gt: 0 } }, fields: [table.key], limit: 1 });
		ledger.check(isRefused(counted) !== whole, cell, () => `count: ${wordsOf(counted)}`);
	}
}
