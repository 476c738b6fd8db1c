import type { Message } from '../../../types.ts';
import type { Invoice } from '../../model/types.ts';
import type { Finding } from '../types.ts';
import { unless } from '../types.ts';
import type { Category } from './categories.ts';

function hasSeller({ seller, taxRepresentative }: Invoice, needed: Category['seller']): boolean {
	const hasVat = Boolean(seller.vatNumber || taxRepresentative?.vatNumber);
	if (needed === 'no VAT number') return !hasVat;
	return hasVat || (needed === 'any number' && Boolean(seller.taxNumber));
}

function hasBuyer({ buyer }: Invoice, needed: Category['buyer']): boolean {
	if (needed === 'nothing') return true;
	if (needed === 'no VAT number') return !buyer.vatNumber;
	return Boolean(buyer.vatNumber) || (needed === 'VAT or legal number' && Boolean(buyer.legalId?.value));
}

const sellerWords: Record<Category['seller'], Message> = {
	'any number': { fr: 'il manque le numéro de TVA du vendeur', en: 'the seller’s VAT number is missing' },
	'VAT number': { fr: 'il manque le numéro de TVA du vendeur', en: 'the seller’s VAT number is missing' },
	'no VAT number': { fr: 'le numéro de TVA du vendeur n’a pas à y être', en: 'the seller’s VAT number must not be given' },
};

const buyerWords: Record<Category['buyer'], Message> = {
	nothing: { fr: '', en: '' },
	'VAT or legal number': { fr: 'il manque le numéro de TVA ou d’immatriculation de l’acheteur', en: 'the buyer’s VAT or registration number is missing' },
	'VAT number': { fr: 'il manque le numéro de TVA de l’acheteur', en: 'the buyer’s VAT number is missing' },
	'no VAT number': { fr: 'le numéro de TVA de l’acheteur n’a pas à y être', en: 'the buyer’s VAT number must not be given' },
};

/** Whether the parties are numbered as the category asks (rules 02 to 04). `what` is where the category is used. */
export function numberFindings(invoice: Invoice, { name, seller, buyer }: Category, what: Message): Finding[] {
	const say = (words: Message): [string, string] => [`${what.fr}, ${name.fr}\u00a0: ${words.fr}.`, `${what.en}, ${name.en}: ${words.en}.`];
	return [
		...unless(hasSeller(invoice, seller), ...say(sellerWords[seller]), 'supplier_vat_number'),
		...unless(hasBuyer(invoice, buyer), ...say(buyerWords[buyer]), 'buyer_vat_number'),
	];
}
