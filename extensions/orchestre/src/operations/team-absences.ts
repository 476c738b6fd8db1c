import { beforeCommit } from '../platform/before-commit.ts';
import { chunks, type FilterContext, type Knex } from '../platform/directus.ts';
import { keepHistory, type Filter } from '../platform/written.ts';

/**
 * Colleagues see who is away and when, and never why. Whoever may read a field of any row can find it out of all rows that they see
 * (docs/decisions/050), so what they see is a row of its own that never held the reason: same key, person and dates, and no relation
 * to the absence.
 */
const table = 'team_absences';
const columns = ['id', 'user', 'starts_on', 'ends_on'];

async function mirror(trx: Knex, ids: Set<string>): Promise<void> {
	for (const part of chunks([...ids])) {
		await trx(table).whereIn('id', part).delete();
		// As the database holds them: its own dates need no translation.
		const rows = (await trx('absences').whereIn('id', part).select(columns)) as Record<string, unknown>[];
		if (rows.length > 0) await trx(table).insert(rows);
	}
}

/** Keeps `team_absences` in step with `absences`, in the transaction that changes them. */
export function mirrorAbsences(filter: Filter): void {
	filter('activity.create', (payload, _meta, context) => {
		const { action, collection, item } = payload as { action?: string; collection?: string; item?: string };
		if (collection !== 'absences' || !item || !['create', 'update', 'delete'].includes(action ?? '')) return;
		beforeCommit((context as FilterContext).database, () => new Set<string>(), mirror).add(item);
	});
	keepHistory(filter, table, 'Cette liste suit les absences : saisissez ou modifiez l’absence elle-même.');
}
