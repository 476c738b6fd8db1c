import { isSystem, type Accountability, type FilterContext, type Host, type Knex, type SchemaOverview } from './directus.ts';
import { refuseFaults, type FieldFault } from './errors.ts';
import { fieldLabels } from './schema-words.ts';
import type { Filter, Payload } from './written.ts';

type Services = Host['services'];

/**
 * Rows that belong to others, and what their author must be allowed to do with those: rules on a new row see only its payload, so
 * without this anybody could add to a row whose key they know (docs/decisions/030). A line changes what its document is worth.
 */
const children: Readonly<Record<string, 'read' | 'update'>> = {
	line_items: 'update',
	opportunity_contacts: 'update',
	interactions: 'read',
	tasks: 'read',
	planning: 'read',
	planning_guests: 'read',
	planning_attendees: 'read',
	time_tracking: 'read',
	tickets: 'read',
	quotes: 'read',
};

/** What a row belongs to. Catalogue, teams, colleagues and files are not: anybody who may write the row may name them. */
const parents = new Set([
	'leads',
	'companies',
	'people',
	'opportunities',
	'quotes',
	'invoices',
	'subscriptions',
	'projects',
	'milestones',
	'tickets',
	'tasks',
	'contracts',
	'documents',
	'planning',
]);

/** Of what an `update` child names, only these it changes; the contact of a deal stays as it is. */
const changed = new Set(['quotes', 'invoices', 'subscriptions', 'opportunities']);

type Reference = { field: string; collection: string; key: string; nested: boolean };

/** The key that a reference holds: alone, or in the object of a nested write, which Directus links without asking. */
function keyIn(value: unknown, primary: string): Pick<Reference, 'key' | 'nested'> | null {
	if (typeof value === 'string' || typeof value === 'number') return { key: String(value), nested: false };
	const inside = typeof value === 'object' && value !== null ? (value as Payload)[primary] : null;
	return typeof inside === 'string' || typeof inside === 'number' ? { key: String(inside), nested: true } : null;
}

function referencesIn(payload: Payload, collection: string, schema: SchemaOverview): Reference[] {
	return schema.relations.flatMap(({ collection: from, field, related_collection: to }) => {
		if (from !== collection || !to || !parents.has(to)) return [];
		const found = keyIn(payload[field], schema.collections[to]?.primary ?? 'id');
		return found ? [{ field, collection: to, ...found }] : [];
	});
}

/** True when rows about to change hold something else in this field; what stays as it was is not asked about again. */
async function moves(database: Knex, collection: string, keys: readonly string[] | null, { field, key }: Reference): Promise<boolean> {
	if (!keys) return true;
	const row: unknown = await database(collection)
		.whereIn('id', keys)
		.where((query) => void query.whereNot(field, key).orWhereNull(field))
		.first('id');
	return row !== undefined;
}

/** Whether the caller may read (or change) the row, by Directus's own permissions, in the running transaction. */
async function mayUse(services: Services, context: FilterContext, action: 'read' | 'update', { collection, key, nested }: Reference): Promise<boolean> {
	const { accountability, database: knex } = context;
	const schema = context.schema as SchemaOverview;
	// A nested row that is not there yet is about to be created, by the caller's own rights.
	if (nested && !(await knex(collection).where({ id: key }).first('id'))) return true;
	if (action === 'read') {
		const rows = await new services.ItemsService(collection, { accountability, schema, knex })
			.readByQuery({ filter: { id: { _eq: key } }, fields: ['id'], limit: 1 }, { emitEvents: false })
			.catch(() => []);
		return rows.length > 0;
	}
	if (!accountability?.user) return false;
	const permissions = new services.PermissionsService({ accountability, schema, knex });
	return (await permissions.getItemPermissions(collection, key)).update.access;
}

const asks = (accountability: Accountability | null): boolean => !isSystem(accountability) && accountability?.admin !== true;

/** Refuses, on its field and in French, to hang a row on one that the caller cannot see (for a line: cannot change). */
async function refuseForeignParents(
	services: Services,
	payload: unknown,
	collection: string,
	keys: readonly string[] | null,
	context: FilterContext,
): Promise<void> {
	if (!asks(context.accountability) || !context.schema || typeof payload !== 'object' || payload === null) return;
	const faulty: string[] = [];
	for (const reference of referencesIn(payload as Payload, collection, context.schema)) {
		const action = children[collection] === 'update' && changed.has(reference.collection) ? 'update' : 'read';
		if ((await moves(context.database, collection, keys, reference)) && !(await mayUse(services, context, action, reference))) faulty.push(reference.field);
	}
	if (faulty.length === 0) return;
	const labels = await fieldLabels(context.database, collection, faulty);
	refuseFaults(
		faulty.map((field): FieldFault => ({
			collection,
			field,
			message: `« ${labels.get(field) ?? field} » : cette fiche n’existe pas ou ne vous est pas accessible.`,
		})),
	);
}

/** Wires the guard into every child collection, whatever the way in; administrators and Orchestre itself pass. */
export function guardParents(filter: Filter, services: Services): void {
	for (const collection of Object.keys(children)) {
		filter(`${collection}.items.create`, async (payload, _meta, context) => {
			await refuseForeignParents(services, payload, collection, null, context as FilterContext);
			return payload;
		});
		filter(`${collection}.items.update`, async (payload, meta, context) => {
			await refuseForeignParents(services, payload, collection, (meta['keys'] as string[] | undefined) ?? [], context as FilterContext);
			return payload;
		});
	}
}
