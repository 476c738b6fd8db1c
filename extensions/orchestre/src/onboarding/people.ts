import { parseJson, type Knex } from '../platform/directus.ts';
import { staffRoles } from '../platform/roles.ts';
import { isoOf } from '../platform/time/paris.ts';
import type { Candidate, StaffRole } from './rules/assign.ts';
import type { Seniority } from './rules/types.ts';

type Row = { id: string; role: keyof typeof staffRoles; team: string | null; seniority: Seniority | null; industries: unknown };
type Count = { user: string; n: number | string };

const over = ['done', 'cancelled'];

/** Everybody who may be given a part in a plan, with what they have to do and whether they are away on this day. */
export async function readCandidates(trx: Knex, day: number): Promise<Candidate[]> {
	const rows = (await trx('directus_users')
		.whereIn('role', Object.keys(staffRoles))
		.where({ status: 'active' })
		.orderBy('id')
		.select('id', 'role', 'team', 'seniority', 'industries')) as Row[];
	const at = new Date(`${isoOf(day)}T00:00:00`);
	const away = new Set((await trx('absences').where('starts_on', '<=', at).where('ends_on', '>=', at).pluck('user')) as string[]);
	const counts = [
		...((await trx('tasks').whereNotNull('assignee').whereNotIn('status', over).groupBy('assignee').select({ user: 'assignee' }).count({ n: '*' })) as Count[]),
		...((await trx('milestones').whereNotNull('owner').whereNotIn('status', over).groupBy('owner').select({ user: 'owner' }).count({ n: '*' })) as Count[]),
	];
	const loads = new Map<string, number>();
	for (const { user, n } of counts) loads.set(user, (loads.get(user) ?? 0) + Number(n));
	return rows.map(({ id, role, team, seniority, industries }) => ({
		id,
		role: staffRoles[role] satisfies StaffRole,
		seniority,
		team,
		industries: parseJson<string[] | null>(industries ?? null) ?? [],
		absent: away.has(id),
		load: loads.get(id) ?? 0,
	}));
}

/** Teams of these people. */
export async function teamsOf(trx: Knex, users: readonly (string | null)[]): Promise<Map<string, string | null>> {
	const ids = [...new Set(users)].filter((id) => id !== null);
	const rows = (await trx('directus_users').whereIn('id', ids).select('id', 'team')) as { id: string; team: string | null }[];
	return new Map(rows.map(({ id, team }) => [id, team]));
}
