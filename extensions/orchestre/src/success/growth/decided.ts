import { chunks, type Knex } from '../../platform/directus.ts';
import { conflict } from '../../platform/errors.ts';
import type { Treatment } from '../../platform/written.ts';
import { decidedFault } from './rules/decided.ts';

type Row = { state: string; outcome: string | null; opportunity: string | null; is_won: unknown; is_lost: unknown };

async function readDecided(trx: Knex, ids: readonly string[]): Promise<Row[]> {
	return (await trx('insights as i')
		.leftJoin('opportunities as o', 'o.id', 'i.opportunity')
		.leftJoin('stages as s', 's.id', 'o.stage')
		.where('i.kind', 'upsell')
		.whereIn('i.id', [...ids])
		.orderBy('i.id')
		.select('i.state', 'i.outcome', 'i.opportunity', 's.is_won', 's.is_lost')) as Row[];
}

/** Refuses (409) what people write by hand against the deal that a proposal became. One read where state or outcome was set. */
export const keepDecided: Treatment = async (trx, written) => {
	const ids = written.filter(({ set }) => 'state' in set || 'outcome' in set).map(({ id }) => id);
	for (const part of chunks(ids, 500)) {
		for (const { state, outcome, opportunity, is_won, is_lost } of await readDecided(trx, part)) {
			const fault = decidedFault({ state, outcome, hasDeal: opportunity !== null, dealEnd: is_won ? 'won' : is_lost ? 'lost' : null });
			if (fault) throw conflict(fault);
		}
	}
};
