import { randomUUID } from 'node:crypto';
import { now as clockNow } from '../../platform/clock.ts';
import { dayNumberOrNull, readLocked, storedDay } from '../../platform/columns.ts';
import { chunks, orchestreUserId, type Knex } from '../../platform/directus.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { writeTrail, type TrailEntry } from '../../platform/trail.ts';
import type { Treatment } from '../../platform/written.ts';
import { groupedBy, momentOf, textOrNull, type Row } from '../../predictions/data/rows.ts';
import { changesOf, type Known, type State } from './rules/change.ts';

const deciding = ['status', 'mrr_cents'];

const stateOf = (row: Row): State => ({
	status: String(row['status']),
	mrr: Number(row['mrr_cents'] ?? 0),
	startedDay: dayNumberOrNull(row['started_on']) ?? toParis(clockNow()).day,
	cancelledDay: dayNumberOrNull(row['cancelled_on']),
	endsDay: dayNumberOrNull(row['ends_on']),
	reason: textOrNull(row['cancellation_reason']),
});

/** Rows written at once are a millisecond apart; of imported ones a renewal comes before what it changed. */
const inOrder = (one: Row, two: Row): number =>
	momentOf(one['recorded_at']) - momentOf(two['recorded_at']) || Number(two['kind'] === 'renewal') - Number(one['kind'] === 'renewal');

async function readKnown(trx: Knex, ids: readonly string[]): Promise<Map<string, Known>> {
	const rows = (await trx('subscription_changes').whereIn('subscription', ids).select('subscription', 'kind', 'changed_on', 'recorded_at', 'status_after', 'mrr_after_cents')) as Row[]; // prettier-ignore
	return new Map(
		[...groupedBy(rows, ({ subscription }) => subscription)].map(([id, own]) => {
			const last = own.toSorted(inOrder).at(-1);
			return [id, { status: textOrNull(last?.['status_after']), mrr: Number(last?.['mrr_after_cents'] ?? 0), day: dayNumberOrNull(last?.['changed_on']) ?? 0 }];
		}),
	);
}

/**
 * Keeps the history of subscriptions in the transaction that writes them: a row when one begins, and one for each change of its monthly
 * revenue or status, with the moment at which it was known. What learns from the past stands on these rows (docs/decisions/112).
 */
export const recordChanges: Treatment = async (trx, written) => {
	const ids = written.filter(({ created, set }) => created || deciding.some((field) => field in set)).map(({ id }) => id);
	const now = clockNow();
	for (const part of chunks(ids)) {
		const rows = await readLocked(trx, 'subscriptions', part);
		const known = await readKnown(trx, part);
		const found = rows.flatMap((row) =>
			changesOf(stateOf(row), known.get(String(row['id'])) ?? null, toParis(now).day).map(({ day, ...change }, index) => ({
				day,
				values: {
					id: randomUUID(),
					subscription: row['id'],
					company: row['company'],
					kind: change.kind,
					recorded_at: new Date(now.getTime() + index),
					status_before: change.statusBefore,
					status_after: change.statusAfter,
					mrr_before_cents: change.before,
					mrr_after_cents: change.after,
					reason: change.reason,
					date_created: now,
					user_created: orchestreUserId,
				},
			})),
		);
		for (const some of chunks(found)) await trx('subscription_changes').insert(some.map(({ day, values }) => ({ ...values, changed_on: storedDay(day) })));
		const trail = found.map(({ day, values }): TrailEntry => ({ action: 'create', collection: 'subscription_changes', item: values.id, data: { ...values, changed_on: isoOf(day) } })); // prettier-ignore
		await writeTrail(trx, {}, trail);
	}
};
