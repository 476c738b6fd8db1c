import { refuseUnlessUpdatable } from '../../platform/access.ts';
import type { Accountability, Host, Knex, SchemaOverview } from '../../platform/directus.ts';
import { notAllowed, notFound } from '../../platform/errors.ts';
import { policiesOf } from '../../platform/row-rules/rules.ts';
import type { Kind } from '../rules/kinds.ts';

/** Whoever calls, once it is known that they may. */
export type Actor = Accountability & { user: string };

const refusal = 'Vous ne pouvez fusionner que des fiches que vous pouvez modifier toutes les deux.';
const notYours =
	'Cette fusion touche des fiches dont quelqu’un d’autre s’occupe : demandez-la à un manager ou à la direction. Vos droits portent sur vos fiches et celles de personne.';

export function signedIn(accountability: Accountability | null): Actor {
	if (!accountability?.user) throw notAllowed('Connectez-vous.');
	return { ...accountability, user: accountability.user };
}

/** Which of these records the caller may read, by Directus's own permissions. */
export async function readable(host: Host, accountability: Accountability, kind: string, ids: readonly string[]): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const service = new host.services.ItemsService(kind, { accountability, schema: await host.getSchema(), knex: host.database });
	const rows = (await service.readByQuery({ filter: { id: { _in: [...ids] } }, fields: ['id'], limit: ids.length }, { emitEvents: false }).catch(() => [])) as {
		id: string;
	}[];
	return new Set(rows.map(({ id }) => id));
}

/** Refuses (404, as if it were not there) unless the caller may read both records. */
export async function refuseUnlessReadable(host: Host, accountability: Accountability | null, kind: Kind, ids: readonly string[]): Promise<Actor> {
	const actor = signedIn(accountability);
	const seen = await readable(host, actor, kind, ids);
	if (ids.some((id) => !seen.has(id))) throw notFound('Ces fiches n’existent pas ou ne vous sont pas accessibles.');
	return actor;
}

/** Fields of a collection that the caller may read or change, by any of their policies; null stands for all. */
export async function allowedFields(knex: Knex, actor: Actor, collection: string, action: 'read' | 'update'): Promise<Set<string> | null> {
	if (actor.admin) return null;
	const rows = (await knex('directus_permissions')
		.whereIn('policy', [...(await policiesOf(knex, actor))])
		.where({ collection, action })
		.pluck('fields')) as (string | null)[];
	const fields = rows.flatMap((list) => (list ?? '').split(','));
	return fields.includes('*') ? null : new Set(fields);
}

export const mayUse = (allowed: ReadonlySet<string> | null, field: string): boolean => allowed === null || allowed.has(field);

async function mayChangePair(host: Host, knex: Knex, schema: SchemaOverview, actor: Actor, pair: string): Promise<boolean> {
	const permissions = new host.services.PermissionsService({ accountability: actor, schema, knex });
	return (await permissions.getItemPermissions('duplicate_pairs', pair)).update.access;
}

/** Why the caller may not merge these two, in French; null when they may: both changed, one archived, and the pair theirs to decide. */
export async function whyNotMerge(host: Host, actor: Actor, { pair, kind, ids }: { pair: string; kind: Kind; ids: readonly string[] }): Promise<string | null> {
	const schema = await host.getSchema();
	const changed = await allowedFields(host.database, actor, kind, 'update');
	if (!mayUse(changed, 'archived')) return refusal;
	try {
		for (const id of ids) await refuseUnlessUpdatable(host, actor, kind, id, refusal);
	} catch (error) {
		return (error as Error).message;
	}
	return (await mayChangePair(host, host.database, schema, actor, pair)) ? null : notYours;
}

export async function refuseUnlessMerger(
	host: Host,
	accountability: Accountability | null,
	pair: { pair: string; kind: Kind; ids: readonly string[] },
): Promise<Actor> {
	const actor = signedIn(accountability);
	const reason = await whyNotMerge(host, actor, pair);
	if (reason) throw notAllowed(reason);
	return actor;
}
