import { now as clockNow } from '../../platform/clock.ts';
import type { Knex } from '../../platform/directus.ts';
import { writeTrail } from '../../platform/trail.ts';
import type { Treatment } from '../../platform/written.ts';

type Row = { id: string; outcome: string | null; amount_cents: number | null; is_won: unknown; is_lost: unknown };

async function note(trx: Knex, rows: readonly Row[]): Promise<void> {
	for (const { id, outcome, amount_cents, is_won, is_lost } of rows) {
		const next = is_won ? 'won' : is_lost ? 'lost' : null;
		if (next === outcome) continue;
		const now = clockNow();
		const change = { outcome: next, outcome_at: next && now, outcome_cents: next === 'won' ? (amount_cents ?? 0) : next && 0, date_updated: now };
		await trx('insights').where({ id }).update(change);
		await writeTrail(trx, {}, [{ action: 'update', collection: 'insights', item: id, data: change }]);
	}
}

/** The end of a deal is the outcome of the proposal that it was made of; reopened, it has none again. One read where a stage was set. */
export const noteOutcomes: Treatment = async (trx, written) => {
	const ids = written.filter(({ created, set }) => !created && 'stage' in set).map(({ id }) => id);
	if (ids.length === 0) return;
	const rows = (await trx('insights as i')
		.join('opportunities as o', 'o.id', 'i.opportunity')
		.join('stages as s', 's.id', 'o.stage')
		.whereIn('o.id', ids)
		.where('i.kind', 'upsell')
		.orderBy('i.id')
		.select('i.id', 'i.outcome', 'o.amount_cents', 's.is_won', 's.is_lost')) as Row[];
	await note(trx, rows);
};
