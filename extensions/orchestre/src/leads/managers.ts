import type { Knex } from '../platform/directus.ts';

/** Managers who answer for a lead: those of its team, or of every sales team when it has none. */
export async function managersOf(trx: Knex, team: string | null): Promise<string[]> {
	const query = trx('teams').whereNotNull('manager').select('manager');
	const rows = (await (team ? query.where({ id: team }) : query.where({ kind: 'sales' }))) as { manager: string }[];
	return rows.map(({ manager }) => manager);
}
