import type { Accountability, Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { readOwn } from '../../extensions/orchestre/src/platform/own-rows/index.ts';
import { readRights } from '../../extensions/orchestre/src/platform/readable.ts';

type Row = Record<string, unknown>;
type Asked = Parameters<typeof readOwn>[2];

/** The links that panels follow, and what they show of the row behind them. */
const named: Readonly<Record<string, readonly string[]>> = {
	performance: ['kpi.key', 'kpi.name', 'team.name', 'owner.first_name', 'owner.last_name', 'company.name'],
	opportunities: ['company.name', 'stage.name', 'owner.last_name'],
	insights: ['lead.display_name', 'opportunity.name', 'opportunity.stage.name', 'company.name', 'person.last_name', 'owner.first_name'],
	dashboard_kpis: ['kpi.key', 'kpi.status'],
	subscriptions: ['company.name'],
	invoices: ['company.name'],
};

const bad = { _and: [{ health: { _eq: 'bad' } }, { closed_at: { _null: true } }] };
const since = new Date(Date.now() - 60 * 86_400_000).toISOString();
/** Comparisons of every kind that our statements make by themselves. */
const filters: readonly { collection: string; filter: object; sort?: string[] }[] = [
	{ collection: 'opportunities', filter: bad, sort: ['-at_risk_cents', 'id'] },
	{ collection: 'opportunities', filter: { _or: [{ closed_at: { _gte: since } }, { _and: [{ closed_at: { _nnull: true } }, { health: { _neq: 'good' } }] }] } },
	{ collection: 'opportunities', filter: { amount_cents: { _between: [100_000, 900_000] } }, sort: ['amount_cents', 'id'] },
	{ collection: 'companies', filter: { _and: [{ is_client: { _eq: true } }, { churn_risk: { _gt: 10 } }] }, sort: ['-churn_risk', 'name', 'id'] },
	{ collection: 'companies', filter: { lifecycle: { _nin: ['client'] } }, sort: ['-name', 'id'] },
	{ collection: 'performance', filter: { _and: [{ period_kind: { _eq: 'month' } }, { period_start: { _lte: '2026-06-01T00:00:00' } }] }, sort: ['-period_start', 'id'] },
	{ collection: 'performance', filter: { _and: [{ scope: { _in: ['team', 'person'] } }, { owner: { _eq: null } }] } },
	{ collection: 'invoices', filter: { due_date: { _lt: since } }, sort: ['due_date', 'id'] },
	{ collection: 'tasks', filter: { done_at: { _null: false } }, sort: ['done_at', 'id'] },
]; // prettier-ignore

/** Rows by our own statements and by Directus's services: those that differ, and collections that are left to Directus. */
export async function compared(host: Host, accountability: Accountability): Promise<{ differing: object[]; left: string[]; rows: number }> {
	const schema = await host.getSchema();
	const collections = Object.keys(schema.collections).filter((one) => !one.startsWith('directus_') || one === 'directus_users');
	const rights = await readRights(host, schema, accountability, collections);
	const own = { knex: host.database, schema, accountability, rightsOf: rights.rightsOf };
	const differing: object[] = [];
	const left = new Set<string>();
	let rows = 0;
	const compare = async (collection: string, asked: Asked): Promise<void> => {
		const ours = await readOwn(own, collection, asked);
		if (!ours) return void left.add(collection);
		const theirs = (await new host.services.ItemsService(collection, { schema, accountability }).readByQuery({ ...asked, fields: [...asked.fields] })) as Row[];
		rows += theirs.length;
		const at = theirs.findIndex((row, index) => JSON.stringify(sorted(row)) !== JSON.stringify(sorted(ours[index] ?? {})));
		if (at !== -1 || ours.length !== theirs.length) differing.push({ collection, asked, ours: [ours.length, ours[at]], theirs: [theirs.length, theirs[at]] });
	};
	const readable = (collection: string): string[] =>
		Object.values(schema.collections[collection]?.fields ?? {})
			.filter(({ field, alias }) => !alias && rights.readable(collection, field))
			.map(({ field }) => field);
	for (const collection of collections) {
		const fields = [...readable(collection), ...(named[collection] ?? []).filter((path) => rights.readable(collection, path))];
		if (fields.includes('id') && collection !== 'directus_users') await compare(collection, { fields, sort: ['id'], limit: 150 });
	}
	await compare('directus_users', { fields: ['id', 'first_name', 'last_name'], sort: ['id'], limit: -1 });
	for (const { collection, filter, sort = ['id'] } of filters) {
		const fields = readable(collection);
		const needed = Object.keys(flat(filter)).every((field) => fields.includes(field)) && sort.every((field) => fields.includes(field.replace('-', '')));
		if (needed) await compare(collection, { fields, filter: filter as never, sort, limit: 100 });
	}
	return { differing, left: [...left], rows };
}

const sorted = (row: unknown): unknown =>
	typeof row === 'object' && row !== null && !Array.isArray(row)
		? Object.fromEntries(Object.entries(row).toSorted(([one], [other]) => one.localeCompare(other)).map(([key, value]) => [key, sorted(value)])) // prettier-ignore
		: row;

/** The columns that a filter compares. */
const flat = (filter: object): Row =>
	Object.fromEntries(
		Object.entries(filter).flatMap(([key, value]) => (key === '_and' || key === '_or' ? (value as object[]).flatMap((one) => Object.entries(flat(one))) : [[key, value]])),
	); // prettier-ignore
