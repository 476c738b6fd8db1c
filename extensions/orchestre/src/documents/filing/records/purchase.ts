import { now } from '../../../platform/clock.ts';
import type { Knex } from '../../../platform/directus.ts';
import { conflict, UserError } from '../../../platform/errors.ts';
import { isoOf, dayOf, toParis } from '../../../platform/time/paris.ts';
import { moneyWords } from '../../checks/parts.ts';
import { companyKey } from '../../../platform/input/name-keys.ts';
import type { Filing } from '../context.ts';
import { firstAccount } from '../doubts.ts';
import type { Filed } from '../types.ts';
import { bookLines, type Totals } from '../rules/lines.ts';
import { compact, partyOf } from '../rules/parties.ts';
import { companyFor } from './companies.ts';

const currencies = ['EUR', 'USD', 'GBP', 'CHF'];
const einvoiceFormats: Readonly<Record<string, string>> = { 'factur-x': 'factur_x', 'zugferd-1': 'factur_x', cii: 'cii', ubl: 'ubl' };

/** Legal default, where the paper says nothing (C. com. L441-10). */
const usualDays = 30;

export const numberKey = (number: string): string => compact(number);

/** An invoice of this supplier with this number, credit notes apart: the two have series of their own. */
export async function sameInvoice(trx: Knex, company: string, type: string, number: string): Promise<{ id: string; supplier_number: string } | null> {
	const rows = (await trx('invoices').where({ company, direction: 'purchase', type }).whereNotNull('supplier_number').select('id', 'supplier_number')) as { id: string; supplier_number: string }[]; // prettier-ignore
	return rows.find(({ supplier_number }) => numberKey(supplier_number) === numberKey(number)) ?? null;
}

/** Amounts of a credit note are positive in our books, and its type says which way they go; an invoice's stand as they are. */
const positive = (cents: number | null): number | null => (cents === null ? null : Math.abs(cents));

export const totalsOf = ({ values }: Pick<Filing, 'values'>): Totals => ({
	net: values.number('net'),
	vat: values.number('vat'),
	gross: values.number('gross'),
});

/** What is to be paid is below nought: only a credit note is, whatever the paper calls itself. */
function isNegative(filing: Pick<Filing, 'values'>): boolean {
	const { gross, net } = totalsOf(filing);
	return (gross ?? net ?? 0) < 0;
}

/** The lines of a credit note, which some write with a minus, others without. */
function bookedLines(filing: Filing, currency: string) {
	const totals = totalsOf(filing);
	const turns = isNegative(filing) ? -1 : 1;
	return bookLines(
		filing.lines.map((line) => ({
			...line,
			net: line.net === null ? null : turns * line.net,
			quantity: line.quantity === null ? null : turns * line.quantity,
		})),
		filing.vat.map((row) => ({ ...row, base: row.base === null ? null : turns * row.base })),
		{ net: positive(totals.net), vat: positive(totals.vat), gross: positive(totals.gross) },
		currency,
	);
}

/**
 * A draft of a purchase invoice (or a supplier's credit note) with its lines. Throws a French UserError where it is there already, where the
 * lines do not come to its total, or where something is missing.
 */
export async function filePurchase(filing: Filing): Promise<Filed> {
	const { trx, writer, document, values } = filing;
	const number = values.text('number');
	const issued = values.day('issued_on');
	if (!number || !issued) throw new UserError(`Il manque ${number ? 'la date' : 'le numéro'} de la facture.`);
	const currency = values.text('currency')?.toUpperCase() ?? 'EUR';
	if (!currencies.includes(currency))
		throw new UserError(`La devise ${currency} n’est pas gérée : saisissez la facture dans l’une des devises ${currencies.join(', ')}.`);
	const type = filing.class === 'credit_note' ? 'credit_note' : 'invoice';
	if (type === 'invoice' && isNegative(filing))
		throw new UserError('Les montants sont négatifs : facture ou avoir ? Choisissez « Avoir » si le fournisseur nous doit cette somme ; sinon, corrigez les montants.'); // prettier-ignore
	const party = partyOf(values, 'supplier');
	const { company, record } = await companyFor(filing, party, 'is_supplier');
	const same = await sameInvoice(trx, company.id, type, number);
	if (same) throw conflict(`${type === 'invoice' ? 'La facture' : 'L’avoir'} n° ${number} de ${company.name} est déjà enregistré${type === 'invoice' ? 'e' : ''} : /admin/content/invoices/${same.id}`); // prettier-ignore
	const booked = bookedLines(filing, currency);
	if (!booked) throw new UserError('Le total TTC manque, ou le taux de TVA ne se déduit pas des montants.');
	const gross = positive(values.number('gross'));
	if (booked.difference !== 0)
		throw new UserError(
			`Les lignes ne donnent pas le total TTC : écart de ${moneyWords(booked.difference, currency).fr}. Corrigez les lignes ou les montants.`,
		);
	const due = values.day('due_on');
	const original = filing.class === 'credit_note' && values.text('invoice_reference') ? await sameInvoice(trx, company.id, 'invoice', values.text('invoice_reference') ?? '') : null; // prettier-ignore
	const paid = positive(values.number('paid'));
	const account = await firstAccount(trx, document.id, company, party.iban);
	const id = await writer.create('invoices', {
		direction: 'purchase',
		type,
		status: 'draft',
		company: company.id,
		supplier_number: number.slice(0, 64),
		issue_date: issued,
		supply_date: values.day('delivered_on'),
		due_date: due ?? isoOf((dayOf(issued) ?? 0) + usualDays),
		received_on: isoOf(toParis(now()).day),
		currency,
		purchase_order: values.text('order_reference')?.slice(0, 64) ?? null,
		corrects: original?.id ?? null,
		owner: document.owner,
		team: document.team,
		pdf: document.file,
		einvoice_format: einvoiceFormats[filing.einvoiceFormat ?? ''] ?? null,
		internal_note: [...(paid ? [`Déjà payé d’après le document : ${moneyWords(paid, currency).fr}.`] : []), ...(account ? [account] : [])].join('\n') || null,
		lines: booked.lines.map((line, index) => ({ ...line, sort: index + 1 })),
	});
	const what = type === 'invoice' ? 'Facture d’achat' : 'Avoir fournisseur';
	return {
		records: [{ collection: 'invoices', id, name: `${number} · ${company.name}`, created: true }, record],
		notes: [
			`${what} n° ${number} de ${company.name}${gross === null ? '' : `, ${moneyWords(gross, currency).fr} TTC`} : brouillon créé.`,
			...(record.created ? [`Fournisseur « ${company.name} » créé : complétez sa fiche.`] : []),
			...(party.name && companyKey(party.name) !== companyKey(company.name)
				? [`Le document dit « ${party.name} » : mêmes numéros que « ${company.name} ».`]
				: []),
			...(original ? [`Corrige la facture n° ${original.supplier_number}.`] : []),
			...(account ? [account] : []),
			...(due ? [] : [`Échéance absente du document : ${usualDays} jours après la facture.`]),
			...(booked.isWhole ? [] : ['Le détail des lignes n’a pas pu être repris : les totaux par taux de TVA sont enregistrés.']),
		],
		datedOn: issued,
	};
}
