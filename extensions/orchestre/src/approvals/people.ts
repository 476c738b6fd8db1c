import { directionOf } from '../pipeline/health/recipients.ts';
import { orchestreUserId, type Knex } from '../platform/directus.ts';
import { directionRole, staffRoles } from '../platform/roles.ts';

/** Active users who may do everything, by their role or in person. */
const administratorsOf = async (trx: Knex): Promise<string[]> =>
	(await trx('directus_users as u')
		.join('directus_access as a', (on) => void on.on('a.role', 'u.role').orOn('a.user', 'u.id'))
		.join('directus_policies as p', 'p.id', 'a.policy')
		.where({ 'u.status': 'active', 'p.admin_access': true })
		.whereNot({ 'u.id': orchestreUserId })
		.distinct('u.id')
		.orderBy('u.id')
		.pluck('u.id')) as string[];

/** Who a request goes to. `isStandIn`: an administrator, because nobody else of Direction could decide. */
export type Chosen = { approver: string | null; isStandIn: boolean };

/** Chooses who decides; `manager`: who leads the team of the request, whatever their role. */
export type Choose = (request: { requester: string | null; manager: string | null }, isManagers: boolean) => Chosen;

/**
 * Who decides: the team's manager up to the limits, else Direction, else an administrator. All of them active, and never whoever asks.
 */
export async function readChoice(trx: Knex): Promise<Choose> {
	const managers = new Set(
		(await trx('teams as t').join('directus_users as u', 'u.id', 't.manager').where({ 'u.status': 'active' }).pluck('u.id')) as string[],
	);
	const [direction, administrators] = [await directionOf(trx), await administratorsOf(trx)];
	return ({ requester, manager }, isManagers) => {
		if (isManagers && manager && manager !== requester && managers.has(manager)) return { approver: manager, isStandIn: false };
		const other = direction.find((user) => user !== requester);
		if (other) return { approver: other, isStandIn: false };
		const administrator = administrators.find((user) => user !== requester) ?? null;
		return { approver: administrator, isStandIn: administrator !== null };
	};
}

/** What somebody is in the house; null for who is not there (any more). */
export type Person = { isDirection: boolean; isAdministrator: boolean; isStaff: boolean };

export async function readPerson(trx: Knex, user: string | null): Promise<Person | null> {
	if (!user) return null;
	const row = (await trx('directus_users').where({ id: user, status: 'active' }).first('role')) as { role: string | null } | undefined;
	if (!row) return null;
	const isAdministrator = (await administratorsOf(trx)).includes(user);
	return { isDirection: row.role === directionRole, isAdministrator, isStaff: isAdministrator || (row.role !== null && row.role in staffRoles) };
}
