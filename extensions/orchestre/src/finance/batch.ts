import { beforeCommit } from '../platform/before-commit.ts';
import { chunks, type Knex } from '../platform/directus.ts';
import { treatMoney } from './treat.ts';

/** What of the money one transaction touched, gathered until just before it commits. Ids. */
export type MoneyBatch = {
	lines: Set<string>;
	/** Documents that won or lost a line. */
	quotes: Set<string>;
	invoices: Set<string>;
	/** Invoices that were written, or whose payments were. */
	settle: Set<string>;
	payments: Set<string>;
};

const emptyBatch = (): MoneyBatch => ({ lines: new Set(), quotes: new Set(), invoices: new Set(), settle: new Set(), payments: new Set() });

export const batchOf = (trx: Knex): MoneyBatch => beforeCommit(trx, emptyBatch, treatMoney);

type Parents = Record<string, string | null>;

/** Which columns of a row say what its change is felt by. */
const parentColumns = {
	line_items: ['quote', 'invoice'],
	payment_allocations: ['payment', 'invoice', 'credit_note'],
} as const;
export type Part = keyof typeof parentColumns;

export const isPart = (collection: string | undefined): collection is Part => collection !== undefined && Object.hasOwn(parentColumns, collection);

/** Where rows stood before a write that may move or delete them; taken away when the write is noted, or later if it was refused. */
const former = new Map<string, { parents: Parents; at: number }>();
/** Longer than any request; in milliseconds. */
const longest = 10 * 60_000;

export async function readParents(database: Knex, collection: Part, ids: readonly string[]): Promise<Map<string, Parents>> {
	const rows: (Parents & { id: string })[] = [];
	for (const part of chunks(ids, 500))
		rows.push(
			...((await database(collection)
				.whereIn('id', part)
				.select('id', ...parentColumns[collection])) as typeof rows),
		);
	return new Map(rows.map((row) => [row.id, row]));
}

/** Keeps where rows stand, before Directus changes or deletes them. */
export async function rememberParents(database: Knex, collection: Part, ids: readonly string[]): Promise<void> {
	const at = performance.now();
	for (const [id, entry] of former) if (at - entry.at > longest) former.delete(id);
	for (const [id, parents] of await readParents(database, collection, ids)) former.set(id, { parents, at });
}

function note(batch: MoneyBatch, collection: Part, parents: Parents): void {
	const { quote, invoice, credit_note, payment } = parents;
	if (quote) batch.quotes.add(quote);
	if (invoice) (collection === 'line_items' ? batch.invoices : batch.settle).add(invoice);
	if (credit_note) batch.settle.add(credit_note);
	if (payment) batch.payments.add(payment);
}

/** Notes a written or deleted row with what it belongs to and what it belonged to. */
export async function notePart(trx: Knex, collection: Part, id: string): Promise<void> {
	const batch = batchOf(trx);
	const before = former.get(id);
	former.delete(id);
	if (before) note(batch, collection, before.parents);
	const now = (await readParents(trx, collection, [id])).get(id);
	if (!now) return;
	note(batch, collection, now);
	if (collection === 'line_items') batch.lines.add(id);
}
