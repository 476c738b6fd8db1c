import type { Knex } from '../../platform/directus.ts';
import { staffRoles } from '../../platform/roles.ts';
import type { DocumentRow, Kind } from './types.ts';
import type { DocumentSettings } from './settings.ts';

type Member = { id: string; role: string; team: string | null };

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
