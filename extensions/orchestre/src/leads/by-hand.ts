import { isSystem, type FilterContext, type Knex } from '../platform/directus.ts';
import type { FieldFault } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import type { Payload } from '../platform/written.ts';
import { mayOwnLeads } from './rules/owners.ts';

/** What a person sets on a lead of which the rest of the product must be able to rely. */

type UserRow = { first_name: string | null; last_name: string | null; status: string; role: string | null; takes_leads: unknown };

/** Whether all these rows hold the value already: then a payload that repeats it changes nothing. */
async function hold(database: Knex, keys: readonly string[] | null, field: string, value: string): Promise<boolean> {
	if (!keys || keys.length === 0) return false;
	const rows = (await database('leads').whereIn('id', keys).distinct(field).limit(2)) as Record<string, unknown>[];
	return rows.length === 1 && rows[0]?.[field] === value;
}

const unfit = (message: string): FieldFault[] => [{ field: 'owner', message }];

/** A lead whose owner cannot see it, or is gone, would be lost to everybody. */
export async function ownerFaults(values: Payload, keys: readonly string[] | null, { database }: FilterContext): Promise<FieldFault[]> {
	const owner = values['owner'];
	if (owner === undefined || owner === null) return [];
	const id = typeof owner === 'object' && 'id' in owner ? owner.id : owner;
	if (!isUuid(id)) return unfit('Choisissez comme responsable une personne qui a déjà un compte.');
	const user = (await database('directus_users').where({ id }).first('first_name', 'last_name', 'status', 'role', 'takes_leads')) as UserRow | undefined;
	// A key that points to nobody is answered by the room platform, as for every relation.
	if (!user || mayOwnLeads({ status: user.status, role: user.role, takesLeads: Boolean(user.takes_leads) })) return [];
	if (await hold(database, keys, 'owner', id)) return [];
	const name = [user.first_name, user.last_name].filter(Boolean).join(' ') || 'Cette personne';
	if (user.status !== 'active') return unfit(`${name} n’a pas de compte actif : choisissez quelqu’un d’autre comme responsable.`);
	return unfit(`${name} ne travaille pas sur les leads : choisissez un commercial, un manager ou la direction, ou activez « Reçoit des leads » sur sa fiche.`);
}

/** Whether all of these leads are converted, and whether some are whose opportunity exists. */
async function conversionOf(database: Knex, keys: readonly string[]): Promise<{ all: boolean; some: boolean }> {
	const rows = (await database('leads').whereIn('id', keys).select('status', 'converted_opportunity')) as {
		status: string;
		converted_opportunity: string | null;
	}[];
	return {
		all: rows.length > 0 && rows.every(({ status, converted_opportunity }) => converted_opportunity !== null || status === 'converted'),
		some: rows.some(({ status, converted_opportunity }) => converted_opportunity !== null && status === 'converted'),
	};
}

/** “Converti” says that an opportunity exists: only the conversion, which makes it first, may say so, and only its undo takes it back. */
export async function conversionFaults(values: Payload, keys: readonly string[] | null, { database, accountability }: FilterContext): Promise<FieldFault[]> {
	const { status } = values;
	if (status === undefined || isSystem(accountability)) return [];
	const { all, some } = keys ? await conversionOf(database, keys) : { all: false, some: false };
	if (status === 'converted')
		return all ? [] : [{ field: 'status', message: 'Un lead ne passe pas à « Converti » à la main : utilisez le bouton « Convertir en affaire ».' }];
	return some ? [{ field: 'status', message: 'Ce lead est converti : pour le rouvrir, utilisez le bouton « Annuler la conversion ».' }] : [];
}
