/** Frequent words that the other language does not have, without accents' loss: scans keep most of them. */
const french = new Set(
	'le la les des du une un et est au aux en pour par sur dans avec vous nous votre nos notre vos ce cette qui que sont facture devis montant total date numéro tva ht ttc prix unitaire quantité désignation échéance règlement paiement contrat société adresse avoir client'.split(
		' ',
	),
);
const english = new Set(
	'the of and to is are in for by with you we your our this that which from invoice quote amount due date number vat price unit quantity description payment agreement company address credit customer terms shall bill please'.split(
		' ',
	),
);

/** French or English by their frequent words; null when neither has at least three and half as many again as the other. */
export function languageOf(text: string): 'fr' | 'en' | null {
	let fr = 0;
	let en = 0;
	for (const word of text
		.toLowerCase()
		.match(/\p{L}+/gu)
		?.slice(0, 5000) ?? []) {
		const isFrench = french.has(word);
		if (isFrench === english.has(word)) continue;
		if (isFrench) fr++;
		else en++;
	}
	if (fr >= 3 && fr >= 1.5 * en) return 'fr';
	return en >= 3 && en >= 1.5 * fr ? 'en' : null;
}
