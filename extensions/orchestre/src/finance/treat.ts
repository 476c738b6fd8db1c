import { dayOrNull, saveSettled, type Settled } from '../platform/columns.ts';
import { chunks, isPostgres, parseJson, type Knex } from '../platform/directus.ts';
import { refuseFaults } from '../platform/errors.ts';
import type { MoneyBatch } from './batch.ts';
import { remaining, settledStatus } from './rules/settlement.ts';
import { documentTotals, fits, lineAmounts, netOf, type Amounts, type LineFigures } from './rules/totals.ts';

type Line = LineFigures & Amounts & { id: string; quote: string | null; invoice: string | null };
type Row = Record<string, unknown> & { id: string };
type Allocation = {
	invoice: string;
	credit_note: string | null;
	amount_cents: number;
	allocated_on: unknown;
	payment_status: string | null;
	payment_day: unknown;
	credit_status: string | null;
};

const largest = 'Le total dépasse 21 474 836,47 € : répartissez-le sur plusieurs documents.';

/**
 * Rows locked until the transaction ends, so that two people who add lines to one document wait for each other. Not FOR UPDATE: a
 * new line holds a share of its document's key already, and two of them would deadlock.
 */
async function lock(trx: Knex, table: string, ids: readonly string[]): Promise<Row[]> {
	const query = trx(table).whereIn('id', ids).orderBy('id');
	return (await (isPostgres(trx) ? query.forNoKeyUpdate() : query)) as Row[];
}

const amountsOf = ({ net_cents, vat_cents, gross_cents }: Amounts): Amounts => ({ net_cents, vat_cents, gross_cents });

async function treatLines(trx: Knex, ids: readonly string[]): Promise<void> {
	const lines = (await trx('line_items').whereIn('id', ids)) as Line[];
	const settled = lines.map((line) => ({ id: line.id, before: amountsOf(line), after: lineAmounts(line) }));
	for (const { after } of settled) if (!fits(after)) refuseFaults([{ collection: 'line_items', field: 'unit_price_cents', message: largest }]);
	// A line's amounts follow from what its own revision says.
	await saveSettled(trx, 'line_items', settled, ['net_cents', 'vat_cents', 'gross_cents']);
}

/** The totals of locked documents, from the lines that everybody has committed and this transaction has. */
async function totalsOf(trx: Knex, field: 'quote' | 'invoice', ids: readonly string[]): Promise<Map<string, Record<string, unknown> & Amounts>> {
	const lines = (await trx('line_items').whereIn(field, ids)) as Line[];
	return new Map(
		ids.map((id) => {
			const own = lines.filter((line) => line[field] === id).map((line) => ({ net_cents: netOf(line), vat_rate: line.vat_rate }));
			const { vat_breakdown, ...amounts } = documentTotals(own);
			if (!fits(amounts)) refuseFaults([{ collection: `${field}s`, field: 'lines', message: largest }]);
			return [id, { ...amounts, vat_breakdown: JSON.stringify(vat_breakdown) }];
		}),
	);
}

/** The columns of a document's totals as it has them, comparable with what `totalsOf` says. */
const before = (row: Row): Record<string, unknown> => ({
	net_cents: row['net_cents'],
	vat_cents: row['vat_cents'],
	gross_cents: row['gross_cents'],
	vat_breakdown: row['vat_breakdown'] === null ? null : JSON.stringify(parseJson(row['vat_breakdown'])),
});

async function treatQuotes(trx: Knex, ids: readonly string[]): Promise<void> {
	const rows = await lock(trx, 'quotes', ids);
	const totals = await totalsOf(trx, 'quote', ids);
	await saveSettled(
		trx,
		'quotes',
		rows.map((row) => ({ id: row.id, before: before(row), after: totals.get(row.id) ?? {} })),
		['vat_breakdown'],
	);
}

/** What settles these invoices, and what these credit notes settle: money that came in or went out, and credit notes that count. */
async function allocationsOf(trx: Knex, ids: readonly string[]): Promise<Allocation[]> {
	const rows = (await trx('payment_allocations as a')
		.leftJoin('payments as p', 'p.id', 'a.payment')
		.leftJoin('invoices as c', 'c.id', 'a.credit_note')
		.where((either) => void either.whereIn('a.invoice', ids).orWhereIn('a.credit_note', ids))
		.select('a.invoice', 'a.credit_note', 'a.amount_cents', 'a.allocated_on')
		.select({ payment_status: 'p.status', payment_day: 'p.paid_on', credit_status: 'c.status' })) as Allocation[];
	return rows.filter(({ payment_status, credit_status }) => payment_status === 'received' || (credit_status !== null && credit_status !== 'draft'));
}

/** The day of the last payment, as the database holds it. */
const lastDay = (allocations: readonly Allocation[]): unknown =>
	allocations
		.map(({ payment_day, allocated_on }) => payment_day ?? allocated_on)
		.toSorted((a, b) => (dayOrNull(a) ?? '').localeCompare(dayOrNull(b) ?? ''))
		.at(-1) ?? null;

async function treatInvoices(trx: Knex, ids: readonly string[], retotalled: ReadonlySet<string>): Promise<void> {
	const rows = await lock(trx, 'invoices', ids);
	const totals = await totalsOf(
		trx,
		'invoice',
		ids.filter((id) => retotalled.has(id)),
	);
	const allocations = await allocationsOf(trx, ids);
	const settled = rows.map((row): Settled => {
		const { id } = row;
		const total = totals.get(id);
		const state = { status: String(row['status']), gross_cents: Number(total?.gross_cents ?? row['gross_cents'] ?? 0), wasSent: row['sent_at'] !== null };
		const own = allocations.filter(({ invoice, credit_note }) => invoice === id || credit_note === id);
		const paid = own.reduce((sum, { amount_cents }) => sum + amount_cents, 0);
		const status = settledStatus(state, paid);
		const { paid_cents, remaining_cents, paid_on } = row;
		return {
			id,
			before: { ...(total && before(row)), paid_cents, remaining_cents, paid_on, status: state.status },
			after: { ...total, paid_cents: paid, remaining_cents: remaining({ ...state, status }, paid), paid_on: status === 'paid' ? lastDay(own) : null, status },
		};
	});
	await saveSettled(trx, 'invoices', settled, ['vat_breakdown']);
}

/** What of a payment is allocated, and the invoices that it settles. */
async function treatPayments(trx: Knex, ids: readonly string[]): Promise<string[]> {
	const rows = await lock(trx, 'payments', ids);
	const allocations = (await trx('payment_allocations').whereIn('payment', ids).select('payment', 'invoice', 'amount_cents')) as {
		payment: string;
		invoice: string;
		amount_cents: number;
	}[];
	const allocated = (id: string): number => allocations.filter(({ payment }) => payment === id).reduce((sum, { amount_cents }) => sum + amount_cents, 0);
	await saveSettled(
		trx,
		'payments',
		rows.map(({ id, allocated_cents }) => ({ id, before: { allocated_cents }, after: { allocated_cents: allocated(id) } })),
	);
	return allocations.map(({ invoice }) => invoice);
}

/** Brings everything that follows from lines and payments up to date, in the transaction that wrote them. */
export async function treatMoney(trx: Knex, batch: MoneyBatch): Promise<void> {
	for (const ids of chunks([...batch.lines], 500)) await treatLines(trx, ids);
	for (const ids of chunks([...batch.quotes].toSorted())) await treatQuotes(trx, ids);
	const settle = new Set([...batch.settle, ...batch.invoices]);
	for (const ids of chunks([...batch.payments].toSorted())) for (const invoice of await treatPayments(trx, ids)) settle.add(invoice);
	for (const ids of chunks([...settle].toSorted())) await treatInvoices(trx, ids, batch.invoices);
}
