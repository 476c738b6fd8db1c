import type { Invoice } from '../../model/types.ts';
import type { Rule } from '../types.ts';
import { finding, rulesOf, unless } from '../types.ts';

/**
 * The French rules of the reform, from the schematron « BR-FR-Flux2-Schematron-CII » that FNFE-MPE publishes with XP Z12-012 (read in
 * V1.2.0 of 14 November 2025, where they warn, and V1.4.0.04 of 3 September 2026, where they reject; the conditions are the same).
 * They warn here: an approved platform has applied them before the invoice arrives, an SME has to issue by them only from
 * 1 September 2027, and what they ask for changes no figure.
 */
const rule = rulesOf('french', { level: 'totals', severity: 'warning' });

const isFrench = (invoice: Invoice): boolean => invoice.seller.address?.country === 'FR' && invoice.buyer.address?.country === 'FR';

const mentions: [code: string, fr: string, en: string][] = [
	['PMT', 'l’indemnité forfaitaire de 40\u00a0€ pour frais de recouvrement (note PMT)', 'the 40 € recovery indemnity (note PMT)'],
	['PMD', 'les pénalités de retard (note PMD)', 'the late payment penalties (note PMD)'],
	['AAB', 'l’escompte, ou son absence (note AAB)', 'the early payment discount, or that there is none (note AAB)'],
];

export const frenchRules: Rule[] = [
	rule('BR-FR-05', (invoice) =>
		isFrench(invoice)
			? mentions
					.filter(([code]) => !invoice.notes.some((note) => note.code === code))
					.map(([, fr, en]) => finding(`Mention obligatoire absente\u00a0: ${fr}.`, `Mandatory mention missing: ${en}.`))
			: [],
	),
	rule('BR-FR-12', (invoice) =>
		unless(
			!isFrench(invoice) || Boolean(invoice.buyer.electronic?.value),
			'L’adresse électronique de facturation de l’acheteur (annuaire, BT-49) manque.',
			'The buyer’s electronic address (directory, BT-49) is missing.',
			'buyer_electronic_address',
		),
	),
	rule('BR-FR-13', (invoice) =>
		unless(
			!isFrench(invoice) || Boolean(invoice.seller.electronic?.value),
			'L’adresse électronique de facturation du vendeur (annuaire, BT-34) manque.',
			'The seller’s electronic address (directory, BT-34) is missing.',
			'supplier_electronic_address',
		),
	),
];
