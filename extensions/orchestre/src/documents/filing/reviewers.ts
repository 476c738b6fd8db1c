import type { Knex } from '../../platform/directus.ts';
import { staffRoles } from '../../platform/roles.ts';
import type { DocumentRow, Kind } from './types.ts';
import type { DocumentSettings } from './settings.ts';

export type Member = { id: string; role: string; team: string | null };

async function activeStaff(trx: Knex): Promise<Member[]> {
	const rows = (await trx('directus_users')
		.where({ status: 'active' })
		.whereIn('role', Object.keys(staffRoles))
		.orderBy('id')
		.select('id', 'role', 'team')) as Member[];
	return rows.map((row) => ({ ...row, role: staffRoles[row.role as keyof typeof staffRoles] }));
}

/** Open reviews by person, so that the next goes to whoever has the fewest. */
async function loads(trx: Knex, users: readonly string[]): Promise<Map<string, number>> {
	const rows = (await trx('tasks').where({ origin: 'documents.review' }).whereIn('status', ['todo', 'in_progress']).whereIn('assignee', [...users]).groupBy('assignee').select('assignee').count({ n: '*' })) as { assignee: string; n: number | string }[]; // prettier-ignore
	return new Map(rows.map(({ assignee, n }) => [assignee, Number(n)]));
}

/** Active staff whose role may make rows of all these collections, by the roles' own permissions; policies bound to addresses do not count. */
async function staffWhoMake(trx: Knex, collections: readonly string[]): Promise<Member[]> {
	const staff = await activeStaff(trx);
	if (collections.length === 0) return staff;
	const rights = (await trx('directus_access as a')
		.join('directus_policies as p', 'p.id', 'a.policy')
		.join('directus_permissions as r', 'r.policy', 'p.id')
		.where((either) => void either.whereNull('p.ip_access').orWhere('p.ip_access', ''))
		.where('r.action', 'create')
		.whereIn('r.collection', [...collections])
		.whereIn('a.role', Object.keys(staffRoles))
		.distinct('a.role', 'r.collection')) as { role: keyof typeof staffRoles; collection: string }[];
	return staff.filter(({ role }) => collections.every((one) => rights.some((right) => right.collection === one && staffRoles[right.role] === role)));
}

/**
 * Whoever may accept a paper, its class given by what it makes: those whom the settings want for its kind first, then who has the fewest reviews
 * open.
 */
export async function staffFor(trx: Knex, { reviewers }: DocumentSettings, kind: Kind, makes: readonly string[]): Promise<Member[]> {
	const staff = await staffWhoMake(trx, makes);
	const open = await loads(trx, staff.map(({ id }) => id)); // prettier-ignore
	const isWanted = ({ role }: Member): number => Number(role === reviewers[kind]);
	return staff.toSorted((a, b) => isWanted(b) - isWanted(a) || (open.get(a.id) ?? 0) - (open.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1));
}

/**
 * Who reviews a document of this kind, as the settings say: whoever uploaded it if they are of that role, else whoever of it has the fewest reviews
 * open; Direction where nobody has the role. Null only in a house without staff.
 */
export async function reviewerOf(trx: Knex, { reviewers }: DocumentSettings, kind: Kind, { user_created, owner }: DocumentRow): Promise<Member | null> {
	const staff = await activeStaff(trx);
	const uploader = staff.find(({ id }) => id === user_created) ?? staff.find(({ id }) => id === owner) ?? null;
	const wanted = reviewers[kind];
	if (uploader && (wanted === 'uploader' || uploader.role === wanted)) return uploader;
	const candidates = staff.filter(({ role }) => role === wanted);
	const pool = candidates.length > 0 ? candidates : staff.filter(({ role }) => role === 'direction');
	const open = await loads(trx, pool.map(({ id }) => id)); // prettier-ignore
	return pool.toSorted((a, b) => (open.get(a.id) ?? 0) - (open.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1))[0] ?? uploader;
}
