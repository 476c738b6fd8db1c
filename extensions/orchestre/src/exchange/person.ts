import type { Accountability, Knex } from '../platform/directus.ts';
import { UserError } from '../platform/errors.ts';

type UserRow = { id: string; role: string | null; status: string };
type Policy = { id: string; admin_access: unknown; app_access: unknown };

async function rolesOf(database: Knex, role: string | null): Promise<string[]> {
	const roles: string[] = [];
	for (let next = role; next && !roles.includes(next);) {
		roles.unshift(next);
		const row = (await database('directus_roles').where({ id: next }).first('parent')) as { parent: string | null } | undefined;
		next = row?.parent ?? null;
	}
	return roles;
}

/** Policies that hold wherever the person is: those bound to addresses do not count for work in the background. */
async function policiesOf(database: Knex, user: string, roles: readonly string[]): Promise<Policy[]> {
	return (await database('directus_policies as p')
		.join('directus_access as a', 'a.policy', 'p.id')
		.where((either) => void either.where('a.user', user).orWhereIn('a.role', [...roles]))
		.where((either) => void either.whereNull('p.ip_access').orWhere('p.ip_access', ''))
		.distinct('p.id', 'p.admin_access', 'p.app_access')) as Policy[];
}

/** A person's rights as they are now, for work that goes on after their request: what they may not do, it cannot do. */
export type Person = { accountability: Accountability; policies: string[] };

/** Throws in French when the person may not sign in any more. */
export async function readPerson(database: Knex, id: string | null): Promise<Person> {
	const user = id ? ((await database('directus_users').where({ id }).first('id', 'role', 'status')) as UserRow | undefined) : undefined;
	if (!user || user.status !== 'active') throw new UserError('La personne qui a lancé cet import n’a plus de compte actif.');
	const roles = await rolesOf(database, user.role);
	const policies = await policiesOf(database, user.id, roles);
	const accountability: Accountability = {
		user: user.id,
		role: user.role,
		roles,
		admin: policies.some(({ admin_access }) => Boolean(admin_access)),
		app: policies.some(({ app_access }) => Boolean(app_access)),
		ip: null,
	};
	return { accountability, policies: policies.map(({ id: policy }) => policy) };
}
