import { closeAlerts, openAlertStates } from '../../platform/alerts.ts';
import { dayOrNull, dayNumberOrNull, storedDay } from '../../platform/columns.ts';
import { orchestreUserId, chunks, type Knex } from '../../platform/directus.ts';
import { isoOf } from '../../platform/time/paris.ts';
import { writeTrail, type TrailEntry } from '../../platform/trail.ts';
import type { Treatment } from '../../platform/written.ts';
import { decisionDayOf, noticeDayOf, type ContractTerm, type Renewal } from './rules/notice.ts';

type Row = Record<string, unknown> & { id: string };

/** The fields that decide on the notice date, and on whether a reminder still holds. */
const deciding = ['ends_on', 'notice_days', 'renewal', 'status', 'archived'];

export const termOf = (row: Row): ContractTerm => ({
	status: String(row['status']),
	renewal: row['renewal'] as Renewal,
	endsDay: dayNumberOrNull(row['ends_on']),
	noticeDays: row['notice_days'] === null || row['notice_days'] === undefined ? null : Number(row['notice_days']),
});

/** Names the term of a contract: a renewed contract is another occasion. */
export const alertKey = (contract: string, decisionDay: number): string => `contract_end:${contract}:${isoOf(decisionDay)}`;

/** Closes the reminders that no longer hold, because the contract was ended, put away, or has another date now. */
export async function closeStale(trx: Knex, rows: readonly Row[]): Promise<number> {
	const current = new Map(rows.map((row) => [row.id, row['archived'] ? null : decisionDayOf(termOf(row))]));
	const stale: { key: string; outcome: string }[] = [];
	for (const part of chunks([...current.keys()], 500)) {
		const open = (await trx('alerts').where({ kind: 'contract_end' }).whereIn('state', [...openAlertStates]).whereIn('contract', part).select('contract', 'dedupe_key')) as { contract: string; dedupe_key: string }[]; // prettier-ignore
		for (const { contract, dedupe_key: key } of open) {
			const day = current.get(contract) ?? null;
			if (day !== null && key === alertKey(contract, day)) continue;
			stale.push({
				key,
				outcome: day === null ? 'Le contrat est résilié, classé ou sans échéance.' : 'Le contrat a une autre échéance : renouvelé ou modifié.',
			});
		}
	}
	for (const [outcome, list] of Map.groupBy(stale, (one) => one.outcome))
		await closeAlerts(trx, ['contract_end'], 'dedupe_key', list.map(({ key }) => key), outcome); // prettier-ignore
	return stale.length;
}

/** Keeps the notice date in step with end, notice and renewal, in the transaction that writes the contract; what no longer holds is closed. */
export const treatContracts: Treatment = async (trx, written) => {
	const ids = written.filter(({ created, set }) => created || deciding.some((field) => field in set)).map(({ id }) => id);
	for (const part of chunks(ids, 500)) {
		const rows = (await trx('contracts').whereIn('id', part).orderBy('id').select('id', 'status', 'renewal', 'ends_on', 'notice_days', 'notice_on', 'archived')) as Row[];
		const trail: TrailEntry[] = [];
		for (const row of rows) {
			const day = noticeDayOf(termOf(row));
			const iso = day === null ? null : isoOf(day);
			if (iso === dayOrNull(row['notice_on'])) continue;
			await trx('contracts').where({ id: row.id }).update({ notice_on: day === null ? null : storedDay(day) });
			trail.push({ action: 'update', collection: 'contracts', item: row.id, data: { notice_on: iso } });
		}
		await writeTrail(trx, { user: orchestreUserId }, trail);
		await closeStale(trx, rows);
	}
}; // prettier-ignore
