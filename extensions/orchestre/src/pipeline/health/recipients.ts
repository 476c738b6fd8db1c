import type { Knex } from '../../platform/directus.ts';
import { directionRole } from '../../platform/roles.ts';

/** Active users with the role Direction. */
export const directionOf = (trx: Knex): Promise<string[]> =>
	trx('directus_users').where({ role: directionRole, status: 'active' }).orderBy('id').pluck('id') as unknown as Promise<string[]>;

/** Managers by team, of teams that have one. */
export async function managersByTeam(trx: Knex): Promise<Map<string, string>> {
	const rows = (await trx('teams').whereNotNull('manager').select('id', 'manager')) as { id: string; manager: string }[];
	return new Map(rows.map(({ id, manager }) => [id, manager]));
}

/** Names of users for sentences; somebody unknown is without a responsible person. */
export async function namesOf(trx: Knex, users: readonly (string | null)[]): Promise<(user: string | null) => string> {
	const ids = [...new Set(users)].filter((user) => user !== null);
	const rows = (await trx('directus_users').whereIn('id', ids).select('id', 'first_name', 'last_name')) as {
		id: string;
		first_name: string | null;
		last_name: string | null;
	}[];
	const names = new Map(rows.map((row) => [row.id, [row.first_name, row.last_name].filter(Boolean).join(' ')]));
	return (user) => names.get(user ?? '') || 'sans responsable';
}
