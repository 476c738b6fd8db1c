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
