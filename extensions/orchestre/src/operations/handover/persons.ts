import { refuseUnlessUpdatable } from '../../platform/access.ts';
import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { notAllowed, notFound, UserError } from '../../platform/errors.ts';
import { outsideRoles } from '../../platform/roles.ts';

export type Person = { id: string; name: string; role: string | null; team: string | null; status: string; takesLeads: boolean; capacity: number | null };

type Row = {
	id: string;
	first_name: string | null;
	last_name: string | null;
	role: string | null;
	team: string | null;
	status: string;
	takes_leads: unknown;
	lead_capacity: number | null;
};
const columns = ['id', 'first_name', 'last_name', 'role', 'team', 'status', 'takes_leads', 'lead_capacity'];

const personOf = (row: Row): Person => ({
	id: row.id,
	name: [row.first_name, row.last_name].filter(Boolean).join(' ') || 'Sans nom',
	role: row.role,
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

const isOutsider = ({ role }: Person): boolean => outsideRoles.some((outside) => outside === role);

/** Active members of a team, but for one who leaves; by id. */
export async function readMembers(knex: Knex, team: string, but: string): Promise<Person[]> {
	const rows = (await knex('directus_users').where({ team, status: 'active' }).whereNot({ id: but }).orderBy('id').select(columns)) as Row[];
	return rows.map(personOf).filter((person) => !isOutsider(person));
}

/** A person gets work only when they are there to see it, and of the company. */
export function refuseUnfitTaker(to: Person): void {
	if (to.status !== 'active') throw new UserError(`${to.name} n’a plus de compte actif : choisissez quelqu’un d’autre.`);
	if (isOutsider(to)) throw new UserError(`${to.name} n’est pas de l’entreprise (revendeur ou accès technique) : choisissez quelqu’un d’autre.`);
}

/** Collections of which each of these people may read rows; null: all of them (an administrator). */
export async function readableBy(knex: Knex, people: readonly Person[]): Promise<Map<string, Set<string> | null>> {
	const found = new Map<string, Set<string> | null>(people.map(({ id }) => [id, new Set()]));
	const rows = (await knex('directus_users as u')
		.join('directus_access as a', (on) => void on.on('a.user', 'u.id').orOn('a.role', 'u.role'))
		.join('directus_policies as p', 'p.id', 'a.policy')
		.leftJoin('directus_permissions as r', (on) => void on.on('r.policy', 'p.id').andOnVal('r.action', 'read'))
		.whereIn('u.id', [...found.keys()])
		.distinct('u.id', 'p.admin_access', 'r.collection')) as { id: string; admin_access: unknown; collection: string | null }[];
	for (const { id, admin_access, collection } of rows) {
		if (admin_access) found.set(id, null);
		else if (collection) found.get(id)?.add(collection);
	}
	return found;
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
