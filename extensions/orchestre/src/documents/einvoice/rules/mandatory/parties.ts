import { zero } from '../../model/decimal.ts';
import type { Invoice } from '../../model/types.ts';
import type { Rule } from '../types.ts';
import { creditTypes } from '../codes/lists.ts';
import { rulesOf, unless } from '../types.ts';

const rule = rulesOf('mandatory', { level: 'shares' });

const isAfter = (left: string | null, right: string | null): boolean => left !== null && right !== null && left > right;

/** Its issuer owes the money. */
const isCreditNote = ({ syntax, type }: Invoice): boolean => syntax === 'ubl-credit-note' || creditTypes.has(type ?? '');

/** Code of the means of payment: 30 and 58 are transfers, which need an account. */
const transfers = new Set(['30', '57', '58']);

export const partyRules: Rule[] = [
	rule('BR-17', ({ payee }) => unless(!payee || Boolean(payee.name), 'Le bénéficiaire du paiement n’a pas de nom.', 'The payee has no name.')),
	rule('BR-18', ({ taxRepresentative: one }) =>
		unless(!one || Boolean(one.name), 'Le représentant fiscal du vendeur n’a pas de nom.', 'The seller’s tax representative has no name.'),
	),
	rule('BR-19', ({ taxRepresentative: one }) =>
		unless(!one || one.address !== null, 'L’adresse du représentant fiscal manque.', 'The tax representative’s address is missing.'),
	),
	rule('BR-20', ({ taxRepresentative: one }) =>
		unless(!one?.address || Boolean(one.address.country), 'Le pays du représentant fiscal manque.', 'The tax representative’s country is missing.'),
	),
	rule('BR-56', ({ taxRepresentative: one }) =>
		unless(!one || Boolean(one.vatNumber), 'Le numéro de TVA du représentant fiscal manque.', 'The tax representative’s VAT number is missing.'),
	),
	rule('BR-57', ({ delivery }) =>
		unless(!delivery?.address || Boolean(delivery.address.country), 'L’adresse de livraison n’indique pas de pays.', 'The delivery address has no country.'),
	),
	rule('BR-62', ({ seller }) =>
		unless(
			!seller.electronic || Boolean(seller.electronic.scheme),
			`L’adresse électronique du vendeur («\u00a0${seller.electronic?.value}\u00a0») ne dit pas de quel annuaire elle relève.`,
			`The seller’s electronic address (“${seller.electronic?.value}”) does not name its scheme.`,
			'supplier_electronic_address',
		),
	),
	rule('BR-63', ({ buyer }) =>
		unless(
			!buyer.electronic || Boolean(buyer.electronic.scheme),
			`L’adresse électronique de l’acheteur («\u00a0${buyer.electronic?.value}\u00a0») ne dit pas de quel annuaire elle relève.`,
			`The buyer’s electronic address (“${buyer.electronic?.value}”) does not name its scheme.`,
			'buyer_electronic_address',
		),
	),
	rule(
		'BR-CO-26',
		({ seller }) =>
			unless(
				seller.ids.some((id) => id.value) || Boolean(seller.legalId?.value || seller.vatNumber),
				'Rien n’identifie le vendeur\u00a0: ni SIREN ou SIRET, ni numéro de TVA, ni autre identifiant.',
				'Nothing identifies the seller: no SIREN or SIRET, no VAT number, no other identifier.',
				'supplier_siren',
				'supplier_vat_number',
			),
		{ level: 'totals' },
	),
	rule('BR-29', ({ period }) =>
		unless(!period || !isAfter(period.from, period.to), 'La période facturée se termine avant de commencer.', 'The invoicing period ends before it begins.'),
	),
	rule('BR-CO-19', ({ period, syntax, taxPointCode }) =>
		unless(
			!period || Boolean(period.from || period.to) || (syntax !== 'cii' && taxPointCode !== null),
			'La période facturée n’a ni début ni fin.',
			'The invoicing period has neither a beginning nor an end.',
		),
	),
	rule('BR-49', ({ paymentMeans }) =>
		unless(
			paymentMeans.every((one) => one.code !== null),
			'Un moyen de paiement est indiqué sans son code.',
			'A means of payment is given without its code.',
		),
	),
	rule('BR-50', ({ paymentMeans }) =>
		unless(
			paymentMeans.every((one) => one.accounts.every((account) => account.id !== null)),
			'Un compte à créditer est indiqué sans son numéro.',
			'An account to be paid is given without its number.',
			'iban',
		),
	),
	rule('BR-51', ({ paymentMeans }) =>
		unless(
			paymentMeans.every(({ cardNumber }) => cardNumber === null || cardNumber.replaceAll(/\D/g, '').length <= 10),
			'Le numéro de la carte est écrit en entier\u00a0: seuls ses premiers et derniers chiffres ont le droit d’y être.',
			'The card number is written in full; only its first and last digits may be given.',
		),
	),
	rule('BR-61', ({ paymentMeans }) =>
		unless(
			paymentMeans.every((one) => !transfers.has(one.code ?? '') || one.accounts.some((account) => account.id !== null)),
			'Le paiement se fait par virement, mais aucun IBAN n’est indiqué.',
			'Payment is by transfer, but no IBAN is given.',
			'iban',
		),
	),
	rule('BR-52', ({ attachments }) =>
		unless(
			attachments.every((one) => one.reference !== null),
			'Une pièce jointe n’a pas de référence.',
			'A supporting document has no reference.',
		),
	),
	rule('BR-53', ({ taxCurrency, totals }) =>
		unless(
			!taxCurrency || totals.vat.some((one) => one.currency === taxCurrency),
			`La TVA est à déclarer en ${taxCurrency}, mais son total dans cette devise manque.`,
			`VAT is accounted for in ${taxCurrency}, but its total in that currency is missing.`,
			'vat',
		),
	),
	rule('BR-55', ({ preceding }) =>
		unless(
			preceding.every((one) => one.number !== null),
			'La facture d’origine est citée sans son numéro.',
			'The preceding invoice is cited without its number.',
			'invoice_reference',
		),
	),
	rule('BR-CO-03', ({ taxPointOn, taxPointCode }) =>
		unless(
			!taxPointOn || !taxPointCode,
			'La date d’exigibilité de la TVA est donnée deux fois, en date et en code\u00a0: l’une des deux est de trop.',
			'The VAT point is given twice, as a date and as a code; only one may be.',
		),
	),
	rule('BR-CO-25', (invoice: Invoice) => {
		const { payable } = invoice.totals;
		const isDue = payable !== null && payable > zero && !isCreditNote(invoice);
		return unless(
			!isDue || Boolean(invoice.dueOn || invoice.paymentTerms),
			'Il reste un montant à payer, mais ni échéance ni conditions de paiement ne sont indiquées.',
			'There is an amount due, but neither a due date nor payment terms.',
			'due_on',
		);
	}),
];
