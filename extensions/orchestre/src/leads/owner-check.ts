import { orchestreUserId, type Knex } from '../platform/directus.ts';
import type { FieldFault } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';

/**
 * What is wrong with making this user the owner of a lead, or null: an owner is an active colleague who takes leads, never a
 * technical account. `owner` as it stands in the payload: a key, or an object with one; taking the owner away is nobody's fault.
 * A key of nobody is left to the platform's check of references.
 */
export async function checkOwner(database: Knex, owner: unknown): Promise<FieldFault | null> {
	const key = typeof owner === 'object' && owner !== null ? (owner as { id?: unknown }).id : owner;
	if (!isUuid(key)) return null;
	const user = (await database('directus_users').where({ id: key }).first('id', 'status', 'takes_leads')) as
		{ id: string; status: string; takes_leads: unknown } | undefined;
	if (!user) return null;
	if (user.id === orchestreUserId) return { field: 'owner', message: 'Ce compte est technique : choisissez une personne qui reçoit des leads.' };
	if (user.status !== 'active') return { field: 'owner', message: 'Ce compte n’est pas actif : choisissez une autre personne.' };
	if (!user.takes_leads)
		return { field: 'owner', message: 'Cette personne ne reçoit pas de leads : choisissez-en une autre, ou activez la réception sur son profil.' };
	return null;
}
