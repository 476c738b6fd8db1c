import { parseJson, type FilterContext, type Host, type Knex, type SchemaOverview } from './directus.ts';
import type { Filter } from './written.ts';

type Row = Record<string, unknown>;
type Revision = { id: number; collection: string; item: string; data: unknown };
type Known = { id: number; item: string; data: unknown; action: string };

const isRevision = (row: Row): row is Row & Revision =>
	typeof row['id'] === 'number' && typeof row['item'] === 'string' && typeof row['collection'] === 'string' && typeof (row['data'] ?? null) === 'object';

const secret = new Set(['hash', 'conceal', 'encrypt']);

/** Items whose revisions are completed in one go; more are asked for by exports only, which restore nothing. */
const mostItems = 50;

/**
 * The row that each of these revisions left: what was set until then, one over the other. Of a row whose creation nobody noted, what no revision
 * names is as it is now.
 */
async function wholeRows(knex: Knex, collection: string, revisions: readonly Revision[], present: (ids: readonly string[]) => Promise<Row[]>): Promise<Map<number, Row>> {
	const items = [...new Set(revisions.map(({ item }) => item))];
	const known = (await knex('directus_revisions as r')
		.join('directus_activity as a', 'a.id', 'r.activity')
		.where('r.collection', collection)
		.whereIn('r.item', items)
		.whereNull('r.version')
		.where('r.id', '<=', Math.max(...revisions.map(({ id }) => id)))
		.orderBy('r.id')
		.select('r.id', 'r.item', 'r.data', 'a.action')) as Known[];
	const noted = new Set(known.filter(({ action }) => action === 'create').map(({ item }) => item));
	const unnoted = items.filter((item) => !noted.has(item));
	const states = new Map((unnoted.length > 0 ? await present(unnoted) : []).map((row) => [String(row['id']), row]));
	const whole = new Map<number, Row>();
	for (const { id, item, data } of known) {
		const state = { ...states.get(item), ...parseJson<Row | null>(data as string) };
		states.set(item, state);
		whole.set(Number(id), state);
	}
	return whole;
} // prettier-ignore

/**
 * What our own statements note of a row is what they set (platform/trail.ts). Directus's app takes what a revision does not name for empty: to
 * restore a score would have emptied the lead's name. So revisions are completed when they are read.
 */
export function completeRevisions(filter: Filter, { ItemsService }: Host['services']): void {
	filter('revisions.read', async (payload, _meta, context) => {
		const { database, schema } = context as FilterContext;
		const rows = (Array.isArray(payload) ? (payload as Row[]) : []).filter(isRevision).filter(({ data }) => data !== null);
		const collections = [...new Set(rows.map(({ collection }) => collection))].filter((name) => !name.startsWith('directus_'));
		if (new Set(rows.map(({ item }) => item)).size > mostItems || !schema) return payload;
		for (const collection of collections) await complete(database, schema, collection, rows);
		return payload;
	});

	async function complete(knex: Knex, schema: SchemaOverview, collection: string, all: readonly Revision[]): Promise<void> {
		const fields = schema.collections[collection]?.fields;
		if (!fields) return;
		const rows = all.filter((row) => row.collection === collection);
		const service = new ItemsService(collection, { knex, schema });
		const whole = await wholeRows(knex, collection, rows, (ids) => service.readMany([...ids], { fields: ['*'], limit: -1 }, { emitEvents: false }));
		const isTold = (name: string): boolean => fields[name]?.alias === false && !fields[name].special.some((special) => secret.has(special));
		for (const row of rows)
			row.data = { ...Object.fromEntries(Object.entries(whole.get(row.id) ?? {}).filter(([name]) => isTold(name))), ...(row.data as Row) };
	}
}
