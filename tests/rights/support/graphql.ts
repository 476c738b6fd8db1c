import { ask, wordsOf } from './ask.ts';
import type { Actor } from './cast.ts';
import type { Facts } from './facts.ts';
import type { Ledger } from './ledger.ts';
import { tables, type Table } from './schema.ts';

type Field = { name: string };
type Type = { name: string; fields: Field[] | null; inputFields: Field[] | null };
type Asking = { url: string; facts: Facts; ledger: Ledger; actor: Actor };

const graphql = (url: string, actor: Actor, query: string): ReturnType<typeof ask> => ask(url, actor, 'POST', '/graphql', { query });
const listed = ({ fields, inputFields }: Type): string[] => (fields ?? inputFields ?? []).map(({ name }) => name);

/** The fields that GraphQL offers on a table's type, without what Directus adds (`…_func`, `id` arguments). */
function checkFields(
	{ facts, ledger, actor }: Asking,
	table: Table,
	type: Type | undefined,
	which: 'sees' | 'sets' | 'changes',
	action: 'read' | 'create' | 'update',
): void {
	const open = facts.fields(actor, table.name, which);
	const cell = [actor.label, table.name, `graphql ${action}`] as const;
	const offered = type ? listed(type) : [];
	const names = new Set(table.fields);
	const extra = offered.map((name) => name.replace(/_func$/, '')).filter((name) => names.has(name) && !open.has(name));
	ledger.check(extra.length === 0, cell, () => `GraphQL offers ${extra.join(', ')}`);
	if (!facts.may(actor, table.name, action)) ledger.check(offered.length === 0 || action === 'read', cell, () => `GraphQL knows the type ${type?.name}`);
	const missing = facts.may(actor, table.name, action) ? table.columns.filter(({ name, target }) => open.has(name) && !target && !offered.includes(name)) : [];
	ledger.check(missing.length === 0, cell, () => `GraphQL lacks ${missing.map(({ name }) => name).join(', ')}`);
}

/** The schema that GraphQL shows somebody, and the rows it gives, against the declaration. */
export async function checkGraphql(asking: Asking): Promise<void> {
	const { url, facts, ledger, actor } = asking;
	const schema = await graphql(url, actor, '{ schema: __schema { types { name fields { name } inputFields { name } } } }');
	const types = (schema.data as { schema?: { types: Type[] } } | undefined)?.schema?.types ?? [];
	const typeNamed = (name: string): Type | undefined => types.find((type) => type.name === name);
	const offered = new Set(listed(typeNamed('Query') ?? { name: '', fields: [], inputFields: null }));
	const mutations = new Set(listed(typeNamed('Mutation') ?? { name: '', fields: [], inputFields: null }));
	for (const table of tables.values()) {
		const cell = (action: string) => [actor.label, table.name, `graphql ${action}`] as const;
		ledger.check(
			offered.has(table.name) === facts.may(actor, table.name, 'read'),
			cell('read'),
			() => `the query is ${offered.has(table.name) ? '' : 'not '}offered`,
		);
		for (const action of ['create', 'update', 'delete'] as const) {
			const name = `${action}_${table.name}${table.singleton ? '' : '_item'}`;
			if (table.singleton && action !== 'update') continue;
			ledger.check(mutations.has(name) === facts.may(actor, table.name, action), cell(action), () => `${name} is ${mutations.has(name) ? '' : 'not '}offered`);
		}
		checkFields(asking, table, facts.may(actor, table.name, 'read') ? typeNamed(table.name) : undefined, 'sees', 'read');
		checkFields(asking, table, typeNamed(`create_${table.name}_input`), 'sets', 'create');
		checkFields(asking, table, typeNamed(`update_${table.name}_input`), 'changes', 'update');
	}
	const readable = [...tables.values()].filter((table) => !table.singleton && facts.may(actor, table.name, 'read'));
	if (readable.length === 0) return;
	const parts = readable.map(({ name, key }) => `${name}(limit: -1) { ${key} } ${name}_aggregated { countAll }`);
	const reply = await graphql(url, actor, `{ ${parts.join('\n')} }`);
	const data = (reply.data ?? {}) as Record<string, Record<string, unknown>[]>;
	for (const { name, key } of readable) {
		const seen = facts.seen(actor, name);
		const ids = (data[name] ?? []).map((row) => String(row[key]));
		ledger.check(
			ids.length === seen.size && ids.every((id) => seen.has(id)),
			[actor.label, name, 'graphql read'],
			() => `gives ${ids.length} rows instead of ${seen.size}: ${wordsOf(reply)}`,
		);
		ledger.check(
			Number(data[`${name}_aggregated`]?.[0]?.['countAll']) === seen.size,
			[actor.label, name, 'graphql read'],
			() => `counts ${JSON.stringify(data[`${name}_aggregated`])} instead of ${seen.size}`,
		);
	}
}

/** Fields that only the product writes, forged through mutations: refused while GraphQL reads them, or by the fields' rights. */
export async function tryForgedMutations({ url, facts, ledger, actor }: Asking): Promise<void> {
	const forged: [table: string, mutation: string][] = [
		['leads', 'create_leads_item(data: { last_name: "Forgé", points: 100, grade: "A" }) { id }'],
		['leads', 'create_leads_items(data: [{ last_name: "Un" }, { last_name: "Deux", points: 100 }]) { id }'],
		['opportunities', 'create_opportunities_item(data: { name: "Forgée", probability: 10000 }) { id }'],
		['companies', 'create_companies_item(data: { name: "Forgée", health_score: 100 }) { id }'],
		['tasks', 'create_tasks_item(data: { title: "Forgée", origin: "automation", lead: { last_name: "Dessous", points: 100 } }) { id }'],
	];
	for (const [table, mutation] of forged) {
		const [id] = facts.rows.get(table)?.keys() ?? [];
		const update = mutation.replace(/create_(\w+)_items?\(data: \[?.*/, `update_$1_item(id: "${id}", data: { date_created: "2020-01-01T00:00:00Z" }) { id }`);
		for (const text of [mutation, update]) {
			const reply = await graphql(url, actor, `mutation { ${text} }`);
			const written = Object.values((reply.data ?? {}) as Record<string, unknown>).some((value) => value !== null);
			ledger.check(!written && reply.errors.length > 0, [actor.label, table, 'graphql forged'], () => `${text} is not refused: ${reply.text.slice(0, 200)}`);
		}
	}
}
