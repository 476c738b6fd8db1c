import { UserError } from '../../../platform/errors.ts';
import type { Filing } from '../context.ts';
import { isOther, isOwn, mayBeOwnName, partyOf } from '../rules/parties.ts';
import type { Filed } from '../types.ts';
import { fileBankDetails } from './bank-details.ts';
import { findCompany } from './companies.ts';
import { fileContact } from './contact.ts';
import { fileContract } from './contract.ts';
import { fileExpense } from './expense.ts';
import { filePurchase } from './purchase.ts';
import { fileQuote } from './quote.ts';
import { joinSale } from './sale.ts';

/** A paper without a record of its own: kept with its date, and with its company where that is known. */
async function keep({ trx, values }: Filing): Promise<Filed> {
	const found = await findCompany(trx, partyOf(values, 'supplier'));
	const records = found && found !== 'ambiguous' ? [{ collection: 'companies', id: found.id, name: found.name, created: false }] : [];
	return { records, notes: ['Classé sans créer de fiche.'], datedOn: values.day('issued_on'), expiresOn: values.day('valid_until') };
}

/** From here on a buyer's name is one: a probability. */
const readable = 0.5;

/** An invoice to somebody else is not ours to book, unless a person says so. */
function refuseOthers({ values, own, person }: Filing): void {
	const buyer = partyOf(values, 'buyer');
	if (person || isOwn(buyer, own)) return;
	if (isOther(buyer, own)) throw new UserError(`Cette facture est adressée à ${buyer.name ?? 'une autre entreprise'} (SIREN ${buyer.siren}), pas à nous.`);
	// Paper names its buyer and seldom says the number; what was barely made out is no name.
	if (buyer.name && (values.field('buyer_name')?.confidence ?? 0) >= readable && !mayBeOwnName(buyer.name, own))
		throw new UserError(`Cette facture semble adressée à « ${buyer.name} », pas à ${own.name} : est-elle pour nous ?`);
}

/** We do not owe ourselves anything, whoever says so. */
function refuseOwn({ values, own }: Filing): void {
	if (isOwn(partyOf(values, 'supplier'), own))
		throw new UserError('Le fournisseur de ce document, c’est notre entreprise : choisissez « Facture client » (ou « Avoir »), ou corrigez le fournisseur.');
}

/**
 * Makes, completes or joins the record of a document, by its class, in the caller's transaction. Throws a French UserError where a person has
 * to look first; the caller then takes everything back.
 */
export async function makeRecords(filing: Filing): Promise<Filed> {
	switch (filing.class) {
		case 'purchase_invoice':
			refuseOwn(filing);
			refuseOthers(filing);
			return filePurchase(filing);
		case 'sales_invoice':
			return joinSale(filing);
		case 'credit_note':
			if (isOwn(partyOf(filing.values, 'supplier'), filing.own)) return joinSale(filing);
			refuseOthers(filing);
			return filePurchase(filing);
		case 'quote':
			return fileQuote(filing);
		case 'receipt':
			return fileExpense(filing);
		case 'contract':
			return fileContract(filing);
		case 'business_card':
			return fileContact(filing);
		case 'bank_details':
			return fileBankDetails(filing);
		case 'bank_statement':
		case 'other':
			return keep(filing);
	}
}
