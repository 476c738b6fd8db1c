import { formatAmount } from '../../platform/amount.ts';

/** A line of the deal; money in cents, quantity in thousandths, discount in basis points. */
export type Line = { label: string; quantity: number; unit_price_cents: number; discount: number | null; net_cents: number | null };
/** What is known for billing a new client. */
export type BillingFacts = {
	deal: { name: string; amount_cents: number | null; mrr_cents: number | null } | null;
	quote: string | null;
	lines: readonly Line[];
	company: {
		siren: string | null;
		vat_number: string | null;
		street: string | null;
		postal_code: string | null;
		city: string | null;
		country: string | null;
		email: string | null;
	};
	paymentTermsDays: number | null;
};

const euros = (cents: number): string => formatAmount(cents, 'eur', 'fr');

function lineText({ label, quantity, unit_price_cents: price, discount, net_cents: net }: Line): string {
	const less = discount ? `, remise ${formatAmount(discount, 'percent', 'fr')}` : '';
	return `– ${label} : ${formatAmount(quantity, 'quantity', 'fr')} × ${euros(price)}${less}${net === null ? '' : ` = ${euros(net)} HT`}`;
}

/** What a French invoice to a company needs and the record lacks (Code de commerce L441-9, CGI annexe II 242 nonies A). */
export function missingForInvoice({ company }: BillingFacts): string[] {
	const isFrench = (company.country ?? 'FR') === 'FR';
	return [
		...(isFrench && !company.siren ? ['le SIREN'] : []),
		...(!isFrench && !company.vat_number ? ['le numéro de TVA intracommunautaire'] : []),
		...(!company.street || !company.postal_code || !company.city ? ['l’adresse de facturation complète'] : []),
		...(company.email ? [] : ['une adresse e-mail de facturation']),
	];
}

/** The work of Finance in words: what was sold as the deal says it, and what has to be asked for. Nothing is reckoned that nobody agreed. */
export function billingText(facts: BillingFacts): string {
	const { deal, quote, lines, paymentTermsDays } = facts;
	const missing = missingForInvoice(facts);
	const parts = [
		deal ? `Affaire gagnée : ${deal.name}.` : 'Client créé à la main, sans affaire gagnée : demandez ce qui est à facturer.',
		deal && (deal.amount_cents === null ? 'Montant non renseigné sur l’affaire.' : `Montant : ${euros(deal.amount_cents)} HT.`),
		deal?.mrr_cents ? `Dont récurrent : ${euros(deal.mrr_cents)} HT par mois.` : null,
		quote && `Devis accepté : ${quote}.`,
		lines.length > 0
			? ['Lignes de l’affaire :', ...lines.map(lineText)].join('\n')
			: deal && 'L’affaire n’a pas de lignes : voyez le devis avec le commercial.',
		paymentTermsDays === null ? null : `Délai de paiement : ${paymentTermsDays} jours.`,
		missing.length > 0 ? `Il manque : ${missing.join(', ')}.` : 'Identité et adresse de facturation sont complètes.',
		'À décider : acompte, échéancier, abonnement à ouvrir.',
	];
	return parts.filter((part) => typeof part === 'string').join('\n');
}
