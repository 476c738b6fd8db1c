import { toDate, type Knex } from '../../platform/directus.ts';
import type { Statement } from '../../platform/together.ts';
import { PossibleDuplicates, type DuplicateRow } from '../rules/duplicates.ts';
import { companyKey } from '../rules/normalise.ts';
import type { LeadRow } from './row.ts';

export const cluesColumns = ['id', 'email', 'phone', 'siren', 'company_key', 'first_name', 'last_name', 'date_created', 'duplicate_of', 'merged_into'] as const;

/** What leads are looked for by that may be the same. */
export type Clues = Record<'email' | 'phone' | 'siren' | 'company_key' | 'last_name', string | null>;

/** A lead that shares a clue, as the database answers. */
export type SharerRow = Omit<DuplicateRow, 'date_created'> & { date_created: Date | number | string; merged_into: string | null };

const clueNames = ['email', 'phone', 'siren', 'company_key', 'last_name'] as const;
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The clues of what was sent for a new lead. */
export function cluesOf(payload: Record<string, unknown>): Clues {
	const { email, phone, siren, last_name } = payload;
	return { email: text(email), phone: text(phone), siren: text(siren), company_key: companyKey(text(payload['company_name'])), last_name: text(last_name) };
}

/** Whether nothing of these rows, their keys set, is looked for in vain by `clues`: a preset may have added to what was sent. */
export function areCovered(rows: readonly LeadRow[], clues: readonly Clues[]): boolean {
	return clueNames.every((name) => {
		const known = new Set(clues.map((one) => one[name]));
		return rows.every((row) => !row[name] || known.has(row[name]));
	});
}

/** The read of leads that share a clue; at most 50 for each, oldest first, so that a shared switchboard number costs little. Null without clues. */
export function sharersOf(trx: Knex, clues: readonly Clues[]): Statement | null {
	const values = (name: keyof Clues): string[] => [...new Set(clues.flatMap((one) => one[name] || []))];
	const [emails, phones, sirens, keys, names] = [values('email'), values('phone'), values('siren'), values('company_key'), values('last_name')];
	if (emails.length + phones.length === 0 && (sirens.length + keys.length === 0 || names.length === 0)) return null;
	return trx('leads')
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
		.limit(50 * clues.length)
		.select(...cluesColumns);
}

/** Before all of these rows: a lead that is there already is older than one that is being created, whoever's clock ran ahead while they met. */
const before = (rows: readonly LeadRow[]): number => Math.min(...rows.map(({ date_created }) => date_created.getTime())) - 1;

/**
 * Flags each row that repeats an older lead, also one of the same batch. The rows' keys are set already. `sharers`: if the caller has
 * read them. `areNew`: the rows are being created.
 */
export async function flagDuplicates(
	trx: Knex,
	rows: readonly LeadRow[],
	{ sharers = null, areNew = false }: { sharers?: readonly SharerRow[] | null; areNew?: boolean } = {},
): Promise<void> {
	if (rows.length === 0) return;
	const inBatch = new Set(rows.map(({ id }) => id));
	const found = sharers ?? (((await sharersOf(trx, rows)) ?? []) as SharerRow[]);
	const latest = areNew ? before(rows) : Number.POSITIVE_INFINITY;
	// Not a condition of the query: SQLite would take the index on it, which is nearly all leads, and none of those on the keys.
	const others = found
		.filter((row) => row.merged_into === null && !inBatch.has(row.id))
		.map((row) => ({ ...row, date_created: new Date(Math.min(toDate(row.date_created).getTime(), latest)) }));
	const possible = new PossibleDuplicates([...others, ...rows]);
	for (const row of rows) {
		const first = possible.of(row);
		row.duplicate_of = first?.of ?? null;
		row.duplicate_reason = first?.reason ?? null;
		possible.mark(row.id, row.duplicate_of);
	}
}
