import { fold } from '../../../platform/text.ts';

const words: readonly (readonly [category: string, pattern: RegExp])[] = [
	['transport', /\b(sncf|tgv|ouigo|ratp|air france|easyjet|taxi|uber|bolt|g7|billet|train|vol|metro|navigo|blablacar)\b/],
	['car', /\b(total ?energies|station|carburant|essence|gazole|sp95|sp98|peage|parking|vinci|indigo|aprr|sanef|esso|shell|avia|gasoil)\b/],
	['lodging', /\b(hotel|ibis|novotel|mercure|airbnb|booking|nuitee|chambre|campanile|kyriad)\b/],
	['meals', /\b(restaurant|brasserie|bistrot|cafe|pizzeria|boulangerie|traiteur|menu|plat|dessert|couverts?|sushi|burger|creperie)\b/],
	['postage', /\b(la poste|chronopost|colissimo|affranchissement|timbres?|ups|dhl|fedex)\b/],
	['telecom', /\b(orange|sfr|bouygues telecom|free mobile|telephon\w*|internet)\b/],
	['software', /\b(abonnement|licence|saas|ovh|github|adobe|microsoft|google workspace|logiciel)\b/],
	['supplies', /\b(bureau vallee|fnac|darty|ldlc|amazon|papeterie|fournitures?|cartouches?|ikea|leroy merlin|castorama)\b/],
];

/** What a receipt is for, by words of its merchant, then of its lines; `other` when none tells. */
export function categoryOf(merchant: string, labels: readonly string[]): string {
	for (const text of [merchant, labels.join(' ')]) {
		const folded = fold(text);
		const found = words.find(([, pattern]) => pattern.test(folded));
		if (found) return found[0];
	}
	return 'other';
}
