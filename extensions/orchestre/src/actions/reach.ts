import type { Accountability, Host } from '../platform/directus.ts';
import { notAllowed } from '../platform/errors.ts';
import { directionRole, managerRole, outsideRoles } from '../platform/roles.ts';

export type Colleague = { id: string; name: string; team: string | null };

type UserRow = { id: string; first_name: string | null; last_name: string | null; team: string | null; role: string | null };

const nameOf = ({ first_name, last_name }: UserRow): string => [first_name, last_name].filter(Boolean).join(' ') || 'Sans nom';

/**
 * Whose lists a caller may look at, themself first: managers their team's, Direction and administrators everybody's, all others their own.
 * The rows are read with the caller's rights in any case; this says it before, and gives the page its choice of people.
 */
export async function reachableBy({ database }: Host, accountability: Accountability | null): Promise<{ me: Colleague; others: Colleague[] }> {
	if (!accountability?.user) throw notAllowed('Connectez-vous pour voir votre liste.');
	const { user, role, admin } = accountability;
	const rows = (await database('directus_users')
		.where({ status: 'active' })
		.where((either) => void either.whereNull('role').orWhereNotIn('role', [...outsideRoles]))
		.orderBy([{ column: 'last_name' }, { column: 'first_name' }, { column: 'id' }])
		.select('id', 'first_name', 'last_name', 'team', 'role')) as UserRow[];
	const me = rows.find(({ id }) => id === user);
	if (!me) throw notAllowed('La liste du jour est réservée aux collaborateurs.');
	const seesAll = admin || role === directionRole;
	const isMine = ({ id, team }: UserRow): boolean => id !== user && team !== null && (seesAll || (role === managerRole && team === me.team));
	return { me: { id: me.id, name: nameOf(me), team: me.team }, others: rows.filter(isMine).map((one) => ({ id: one.id, name: nameOf(one), team: one.team })) };
} // prettier-ignore
