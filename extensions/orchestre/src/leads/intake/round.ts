import { isPostgres, type Knex } from '../../platform/directus.ts';
import type { Statement } from '../../platform/together.ts';
import type { LoadChanges } from '../people.ts';
import type { Rules } from '../settings.ts';
import type { Assigner } from './assignment.ts';
import { toColumns, type LeadRow } from './row.ts';
import type { ScoreCause, Treated } from './save.ts';
import { counterOf } from './treat-one.ts';

/** Leads that are treated together at most. */
export const partSize = 200;

/** What all leads of one treatment have in common. */
export type Round = { trx: Knex; rules: Rules; now: Date; actor: string | null };

/** A row as knex reads it. */
export type Raw = Record<string, unknown>;

/** The read of these leads, locked on PostgreSQL. */
export function leadsLocked(trx: Knex, ids: readonly string[]): Statement {
	// One order for all, so that two batches that touch the same leads wait for each other instead of deadlocking.
	const query = trx('leads').whereIn('id', ids).orderBy('id');
	return isPostgres(trx) ? query.forUpdate() : query;
}

/** A lead before its treatment. */
export const startOf = (row: LeadRow, cause: ScoreCause): Treated => ({
	row,
	before: toColumns(row),
	cause,
	scoreChanged: false,
	previousGrade: row.grade,
	previousStatus: null,
	tasks: [],
	jobs: [],
});

/** Puts the row in the right counter of `workloads`, in the database's sums and in the batch's own view. */
export function count(row: LeadRow, loads: LoadChanges, assigner: Assigner): void {
	const to = counterOf(row);
	if (row.counted?.as === to?.as && row.counted?.for === to?.for) return;
	loads.move(row.counted, to);
	assigner.moved(row.counted, to);
	row.counted = to;
}
