import type { Accountability, Host } from './directus.ts';
import { notAllowed } from './errors.ts';

/** Refuses (403, `message` in French) unless this caller may change this row by Directus's own permissions. */
export async function refuseUnlessUpdatable(host: Host, accountability: Accountability | null, collection: string, id: string, message: string): Promise<void> {
	if (!accountability?.user) throw notAllowed(message);
	const schema = await host.getSchema();
	const permissions = new host.services.PermissionsService({ accountability, schema, knex: host.database });
	const { update } = await permissions.getItemPermissions(collection, id);
	if (!update.access) throw notAllowed(message);
}

/** Refuses (403, `message` in French) unless this caller may create rows in all these collections; policies bound to addresses do not count. */
export const refuseUnlessCreatable = (host: Host, accountability: Accountability | null, collections: readonly string[], message: string): Promise<void> =>
	refuseUnlessAllowed(host, accountability, 'create', collections, message);

/** Refuses (403, `message` in French) unless this caller may read rows of this collection at all. */
export const refuseUnlessReadable = (host: Host, accountability: Accountability | null, collection: string, message: string): Promise<void> =>
	refuseUnlessAllowed(host, accountability, 'read', [collection], message);

async function refuseUnlessAllowed(
	host: Host,
	accountability: Accountability | null,
	action: 'create' | 'read',
	collections: readonly string[],
	message: string,
): Promise<void> {
	if (!accountability?.user) throw notAllowed(message);
	const { user, roles, admin } = accountability;
	if (admin) return;
	const allowed = (await host
		.database('directus_permissions as r')
		.join('directus_policies as p', 'p.id', 'r.policy')
		.join('directus_access as a', 'a.policy', 'p.id')
		.where((either) => void either.where('a.user', user).orWhereIn('a.role', [...roles]))
		.where((either) => void either.whereNull('p.ip_access').orWhere('p.ip_access', ''))
		.where('r.action', action)
		.whereIn('r.collection', [...collections])
		.distinct('r.collection')
		.pluck('r.collection')) as string[];
	if (collections.some((collection) => !allowed.includes(collection))) throw notAllowed(message);
}
