import { refuseUnlessUpdatable } from '../../platform/access.ts';
import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { notAllowed, notFound, UserError } from '../../platform/errors.ts';

export type Person = { id: string; name: string; team: string | null; status: string; takesLeads: boolean; capacity: number | null };

type Row = {
	id: string;
	first_name: string | null;
	last_name: string | null;
	team: string | null;
	status: string;
	takes_leads: unknown;
	lead_capacity: number | null;
};
const columns = ['id', 'first_name', 'last_name', 'team', 'status', 'takes_leads', 'lead_capacity'];

const personOf = (row: Row): Person => ({
	id: row.id,
	name: [row.first_name, row.last_name].filter(Boolean).join(' ') || 'Sans nom',
	team: row.team,
	status: row.status,
	takesLeads: Boolean(row.takes_leads),
	capacity: row.lead_capacity,
});

export async function readPerson(knex: Knex, id: string): Promise<Person> {
	const row = (await knex('directus_users').where({ id }).first(columns)) as Row | undefined;
	if (!row) throw notFound('Cette personne n’existe pas.');
	return personOf(row);
}

/** Active members of a team, but for one who leaves; by id. */
export async function readMembers(knex: Knex, team: string, but: string): Promise<Person[]> {
	const rows = (await knex('directus_users').where({ team, status: 'active' }).whereNot({ id: but }).orderBy('id').select(columns)) as Row[];
	return rows.map(personOf);
}

/** A person gets work only when they are there to see it. */
export function refuseAbsentTaker(to: Person): void {
	if (to.status !== 'active') throw new UserError(`${to.name} n’a plus de compte actif : choisissez quelqu’un d’autre.`);
}

/**
 * Who may hand over: whoever sees hand-overs at all (Direction, managers), between people whose accounts they may change — for a
 * manager those of their own team. Both are Directus's own permissions, so that the roles' settings decide, not this code.
 */
export async function refuseUnlessInCharge(host: Host, accountability: Accountability | null, people: readonly Person[]): Promise<void> {
	const refusal = 'Vous ne pouvez transmettre que le portefeuille d’une personne de votre équipe, à quelqu’un de votre équipe.';
	if (!accountability?.user) throw notAllowed(refusal);
	if (accountability.admin) return;
	const handovers = new host.services.ItemsService('handovers', { accountability, schema: await host.getSchema(), knex: host.database });
	try {
		await handovers.readByQuery({ limit: 1, fields: ['id'] });
	} catch {
		throw notAllowed('Seuls la direction, les managers et les administrateurs transmettent un portefeuille.');
	}
	for (const { id } of people) await refuseUnlessUpdatable(host, accountability, 'directus_users', id, refusal);
}
