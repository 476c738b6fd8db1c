import { toDate, type Knex } from '../../platform/directus.ts';
import { PossibleDuplicates, type DuplicateRow } from '../rules/duplicates.ts';
import type { LeadRow } from './row.ts';

const columns = ['id', 'email', 'phone', 'siren', 'company_key', 'first_name', 'last_name', 'date_created', 'duplicate_of', 'merged_into'] as const;

const values = (rows: readonly LeadRow[], field: 'email' | 'phone' | 'siren' | 'company_key' | 'last_name'): string[] => [
	...new Set(rows.flatMap((row) => row[field] ?? [])),
];

/** Leads that share a key with one of the batch; at most 50 for each of them, oldest first, so that a shared switchboard number costs little. */
async function readSharers(trx: Knex, rows: readonly LeadRow[]): Promise<DuplicateRow[]> {
	const emails = values(rows, 'email');
	const phones = values(rows, 'phone');
	const sirens = values(rows, 'siren');
	const keys = values(rows, 'company_key');
	const names = values(rows, 'last_name');
	if (emails.length + phones.length + sirens.length + keys.length === 0) return [];
	const found = (await trx('leads')
		.where((either) => {
			// An empty list would make the database read every lead to find none, or leave the name alone to search by.
			if (emails.length > 0) void either.orWhereIn('email', emails);
			if (phones.length > 0) void either.orWhereIn('phone', phones);
			for (const [column, list] of [
				['siren', sirens],
				['company_key', keys],
			] as const)
				if (list.length > 0 && names.length > 0) void either.orWhere((both) => both.whereIn(column, list).whereIn('last_name', names));
		})
		.orderBy('date_created')
		.limit(50 * rows.length)
		.select(...columns)) as (DuplicateRow & { merged_into: string | null })[];
	// Not a condition of the query: SQLite would take the index on it, which is nearly all leads, and none of those on the keys.
	return found.filter((row) => row.merged_into === null).map((row) => ({ ...row, date_created: toDate(row.date_created) }));
}

/** Flags each row that repeats an older lead, also one of the same batch. The rows' keys are set already. */
export async function flagDuplicates(trx: Knex, rows: readonly LeadRow[]): Promise<void> {
	if (rows.length === 0) return;
	const inBatch = new Set(rows.map(({ id }) => id));
	const others = (await readSharers(trx, rows)).filter(({ id }) => !inBatch.has(id));
	const possible = new PossibleDuplicates([...others, ...rows]);
	for (const row of rows) {
		const found = possible.of(row);
		row.duplicate_of = found?.of ?? null;
		row.duplicate_reason = found?.reason ?? null;
		possible.mark(row.id, row.duplicate_of);
	}
}
