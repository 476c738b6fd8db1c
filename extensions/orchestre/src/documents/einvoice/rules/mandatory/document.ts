import type { FieldName } from '../../../types.ts';
import type { Invoice, Level } from '../../model/types.ts';
import type { Rule } from '../types.ts';
import { rulesOf, unless } from '../types.ts';

const rule = rulesOf('mandatory');

type Needed = [code: string, read: (invoice: Invoice) => unknown, fr: string, en: string, level: Level, inFirst: boolean, field?: FieldName];

/** What every invoice must say once: `fr` and `en` name what is missing. */
const needed: Needed[] = [
	['BR-01', (invoice) => invoice.specification, 'la norme suivie par le fichier (BT-24)', 'the specification that the file follows (BT-24)', 'totals', true],
	['BR-02', (invoice) => invoice.number, 'le numéro de la facture', 'the invoice number', 'totals', true, 'number'],
	[
		'BR-03',
		(invoice) => invoice.issuedOn ?? invoice.unreadable.some((one) => one.element.startsWith('IssueDate')),
		'la date de la facture',
		'the issue date',
		'totals',
		true,
		'issued_on',
	],
	['BR-04', (invoice) => invoice.type, 'le type de facture (380 facture, 381 avoir…)', 'the type of invoice (380 invoice, 381 credit note …)', 'totals', true],
	['BR-05', (invoice) => invoice.currency, 'la devise', 'the currency', 'totals', true, 'currency'],
	['BR-06', (invoice) => invoice.seller.name, 'le nom du vendeur', 'the seller’s name', 'totals', true, 'supplier_name'],
	['BR-07', (invoice) => invoice.buyer.name, 'le nom de l’acheteur', 'the buyer’s name', 'totals', true, 'buyer_name'],
	['BR-08', (invoice) => invoice.seller.address, 'l’adresse du vendeur', 'the seller’s address', 'totals', false, 'supplier_address'],
	['BR-09', (invoice) => invoice.seller.address?.country, 'le pays du vendeur', 'the seller’s country', 'totals', false, 'supplier_address'],
	['BR-10', (invoice) => invoice.buyer.address, 'l’adresse de l’acheteur', 'the buyer’s address', 'shares', false, 'buyer_address'],
	['BR-11', (invoice) => invoice.buyer.address?.country, 'le pays de l’acheteur', 'the buyer’s country', 'shares', false, 'buyer_address'],
	['BR-12', (invoice) => invoice.totals.lines !== null, 'le total des lignes', 'the sum of the lines', 'shares', false],
	['BR-13', (invoice) => invoice.totals.net !== null, 'le total hors taxes', 'the total without VAT', 'totals', false, 'net'],
	['BR-14', (invoice) => invoice.totals.gross !== null, 'le total toutes taxes comprises', 'the total with VAT', 'totals', true, 'gross'],
	['BR-15', (invoice) => invoice.totals.payable !== null, 'le montant à payer', 'the amount due', 'totals', false, 'payable'],
	['BR-16', (invoice) => invoice.lines.length > 0, 'au moins une ligne de facture', 'at least one invoice line', 'lines', true],
	['BR-CO-18', (invoice) => invoice.breakdown.length > 0, 'la ventilation de la TVA par taux', 'the VAT breakdown by rate', 'shares', false, 'vat'],
];

export const documentRules: Rule[] = needed.map(([code, read, fr, en, level, inFirst, field]) =>
	rule(code, (invoice) => unless(Boolean(read(invoice)), `Il manque ${fr}.`, `Missing: ${en}.`, ...(field ? [field] : [])), { level, inFirst }),
);
