import { roundEuros } from '../../../platform/amount.ts';
import { counted, frenchNumber } from '../../../platform/text.ts';
import { frenchDate, fromParis } from '../../../platform/time/paris.ts';
import type { LiftRule, Odds, Offer, Product, Subscription, Usage } from './types.ts';

const on = (day: number): string => frenchDate(fromParis(day, 43_200_000));
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const times = (value: number): string => frenchNumber(Math.round(value * 10) / 10);
/** An end of an interval: 1,04 must not read as 1. */
const fine = (value: number): string => frenchNumber(Math.round(value * 100) / 100);

const nounsOf: Readonly<Record<string, readonly [string, string]>> = {
	unit: ['unité', 'unités'],
	hour: ['heure', 'heures'],
	day: ['jour', 'jours'],
	month: ['mois', 'mois'],
	year: ['année', 'années'],
	user: ['utilisateur', 'utilisateurs'],
	package: ['forfait', 'forfaits'],
	kg: ['kg', 'kg'],
	m: ['m', 'm'],
	m2: ['m²', 'm²'],
	km: ['km', 'km'],
};

/** `12 utilisateurs × 18 € par mois, soit 2 592 € la première année`. */
export function offerText({ quantity, unitPriceCents, amountCents, mrrCents }: Offer, { unit }: Pick<Product, 'unit'>): string {
	const [one, many] = nounsOf[unit] ?? ['unité', 'unités'];
	const price = `${counted(quantity / 1000, one, many)} à ${frenchNumber(unitPriceCents / 100)} € HT`;
	return mrrCents > 0 ? `${price} par mois, soit ${roundEuros(amountCents)} la première année.` : `${price}, soit ${roundEuros(amountCents)}.`;
}

/** Said of an offer that the usage alone would have made larger. */
export const cappedText = 'Offre limitée au double du forfait actuel : l’usage va au-delà, vérifiez-le et convenez du volume avec le client.';

export function usageText(usage: Usage, subscription: Pick<Subscription, 'name'>): string {
	const { used, included, unit, measure, exceededOn } = usage;
	const span = measure === 'actors' ? 'sur 30 jours' : 'sur la période en cours';
	const figures = `${frenchNumber(used)} ${used < 2 && unit === 'utilisateurs' ? 'utilisateur' : unit} ${span} pour ${frenchNumber(included)} compris (${percent(used / included)}) dans « ${subscription.name} »`;
	if (used >= included) return `Forfait atteint : ${figures}.`;
	if (exceededOn === null) return `Forfait bientôt atteint : ${figures}.`;
	return `${figures[0]?.toUpperCase()}${figures.slice(1)} : à ce rythme, le client dépassera son forfait le ${on(exceededOn)}.`;
}

export const liftText = ({ both, holders, owners, clients, lift, low, high }: LiftRule, has: string, offers: string): string =>
	`${both} des ${holders} clients qui ont ${has} ont aussi ${offers} (${percent(both / holders)}, contre ${percent(owners / clients)} de tous les ${clients} clients) : ${times(lift)} fois plus souvent, intervalle ${fine(low)} à ${fine(high)}.`;

export function ruleText(product: Product, has: string | null): string {
	const { industries, sizes, reason } = product.offer;
	const why = [has && `va avec ${has}`, industries.length > 0 && 'convient à ce secteur', sizes.length > 0 && 'convient à cette taille d’entreprise'].filter(
		Boolean,
	);
	return `Règle du catalogue : ${product.name} ${why.join(', ')}.${reason ? ` ${reason}` : ''}`;
}

export const renewalText = (day: number): string => `Renouvellement le ${on(day)} : un moment naturel pour en parler.`;

export function oddsText({ probability, low, high, deals, won }: Odds): string {
	const basis = deals === 0 ? 'aucune vente de ce type encore close, d’après toutes les affaires' : `${counted(won, 'gagnée', 'gagnées')} sur ${deals} de ce type, ramenées vers la moyenne`;
	return `Chance de gain estimée à ${percent(probability)} (de ${percent(low)} à ${percent(high)}) : ${basis}.`;
} // prettier-ignore
export const noOddsText = 'Aucune affaire close encore : la chance de gain ne peut pas être estimée.';
