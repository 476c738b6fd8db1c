import { formatAmount, type Language } from '../../platform/amount.ts';
import type { Effect } from '../rules/explain.ts';
import type { Prediction } from '../rules/prediction.ts';

/** Whole percent of basis points. */
export const percentOf = (basisPoints: number): number => Math.round(basisPoints / 100);

export type ShownEffect = { feature: string; points: number; effect: Effect };

/** What is drawn: whole percents that add up as they are read. */
export type Shown = { probability: number; low: number; high: number; base: number; favourable: ShownEffect[]; adverse: ShownEffect[]; rest: number };

/** Rounds the parts and gives what that leaves to the rest, so that what people add up is what they read. */
export function shownOf(prediction: Extract<Prediction, { state: 'model' }>): Shown {
	const { low, high, favourable, adverse } = prediction;
	const [probability, base] = [percentOf(prediction.probability), percentOf(prediction.base)];
	const rounded = (effects: readonly Effect[]): ShownEffect[] =>
		effects.map((effect) => ({ feature: effect.feature, points: percentOf(effect.effect), effect })).filter(({ points }) => points !== 0);
	const parts = { favourable: rounded(favourable), adverse: rounded(adverse) };
	const named = [...parts.favourable, ...parts.adverse].reduce((sum, { points }) => sum + points, 0);
	return {
		probability,
		low: Math.min(percentOf(low), probability),
		high: Math.max(percentOf(high), probability),
		base,
		...parts,
		rest: probability - base - named,
	};
}

type Words = Readonly<Record<Language, (value: number) => string>>;

const number = (value: number, language: Language, digits = 0): string =>
	value.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: digits });
const unit =
	(one: string, many: string, language: Language, isOne: (value: number) => boolean = (value) => Math.abs(value) < 2) =>
	(value: number): string =>
		`${number(value, language)} ${isOne(value) ? one : many}`;
const english = (value: number): boolean => value === 1;
const days: Words = { fr: unit('jour', 'jours', 'fr'), en: unit('day', 'days', 'en', english) };
const daysAgo: Words = {
	fr: (value) => (value === 0 ? 'aujourd’hui' : `il y a ${days.fr(value)}`),
	en: (value) => (value === 0 ? 'today' : `${days.en(value)} ago`),
};

/** `3 h`, `2 jours`. */
const hours: Words = {
	fr: (value) => (value < 48 ? `${number(value, 'fr')} h` : days.fr(Math.round(value / 24))),
	en: (value) => (value < 48 ? `${number(value, 'en')} h` : days.en(Math.round(value / 24))),
};
const toClose: Words = {
	fr: (value) => (value < 0 ? `dépassée de ${days.fr(-value)}` : `dans ${days.fr(value)}`),
	en: (value) => (value < 0 ? `${days.en(-value)} overdue` : `in ${days.en(value)}`),
};
const change = (value: number, language: Language): string => `${value >= 1 ? '+' : '−'}${number(Math.abs(value - 1) * 100, language)} %`;

const words: Readonly<Record<string, Words>> = {
	age: days,
	status_since: days,
	stage_since: days,
	pace: { fr: (value) => `${days.fr(Math.round(value))} par étape`, en: (value) => `${days.en(Math.round(value))} a stage` },
	last_contact: daysAgo,
	last_inbound: daysAgo,
	response_hours: hours,
	days_to_close: toClose,
	amount: { fr: (value) => formatAmount(value, 'eur', 'fr'), en: (value) => formatAmount(value, 'eur', 'en') },
	amount_change: { fr: (value) => change(value, 'fr'), en: (value) => change(value, 'en') },
	client_since: days,
	mrr: { fr: (value) => formatAmount(value, 'eur', 'fr'), en: (value) => formatAmount(value, 'eur', 'en') },
	mrr_change: { fr: (value) => change(value, 'fr'), en: (value) => change(value, 'en') },
	usage_change: { fr: (value) => change(value, 'fr'), en: (value) => change(value, 'en') },
	users_change: { fr: (value) => change(value, 'fr'), en: (value) => change(value, 'en') },
	to_renewal: { fr: (value) => `dans ${days.fr(value)}`, en: (value) => `in ${days.en(value)}` },
	last_usage: daysAgo,
	last_exchange: daysAgo,
	overdue_days: days,
	satisfaction: { fr: (value) => `${number(value, 'fr')} sur 100`, en: (value) => `${number(value, 'en')} of 100` },
	health: { fr: (value) => `${number(value, 'fr')} sur 100`, en: (value) => `${number(value, 'en')} of 100` },
	stage_position: { fr: (value) => `étape ${value}`, en: (value) => `stage ${value}` },
};

const levels: Readonly<Record<string, Readonly<Record<string, Readonly<Record<Language, string>>>>>> = {
	status: {
		new: { fr: 'nouveau', en: 'new' },
		contacted: { fr: 'contacté', en: 'contacted' },
		qualified: { fr: 'qualifié', en: 'qualified' },
		nurturing: { fr: 'à faire mûrir', en: 'nurturing' },
	},
	deal_kind: {
		new: { fr: 'nouveau client', en: 'new business' },
		upsell: { fr: 'vente additionnelle', en: 'upsell' },
		renewal: { fr: 'renouvellement', en: 'renewal' },
	},
	from_lead: { yes: { fr: 'oui', en: 'yes' }, no: { fr: 'non', en: 'no' } },
	deal_source: {
		website: { fr: 'site web', en: 'website' },
		referral: { fr: 'recommandation', en: 'referral' },
		reseller: { fr: 'revendeur', en: 'reseller' },
		event: { fr: 'salon ou événement', en: 'event' },
		webinar: { fr: 'webinaire', en: 'webinar' },
		inbound_call: { fr: 'appel entrant', en: 'inbound call' },
		outbound: { fr: 'prospection', en: 'outbound' },
		social: { fr: 'réseaux sociaux', en: 'social' },
		ads: { fr: 'publicité', en: 'ads' },
		partner: { fr: 'partenaire', en: 'partner' },
		list: { fr: 'fichier acheté', en: 'bought list' },
		other: { fr: 'autre', en: 'other' },
	},
};

const missing: Readonly<Record<Language, string>> = { fr: 'non renseigné', en: 'not known' };
const never: Readonly<Record<Language, string>> = { fr: 'pas encore', en: 'not yet' };
const notMet: Readonly<Record<Language, string>> = { fr: 'aucun critère rempli', en: 'no criterion met' };
const neverYet = new Set(['last_contact', 'last_inbound', 'response_hours', 'pace', 'last_usage', 'last_exchange']);

/** The fact behind a reason, in words: `il y a 3 jours`, `recommandation`, the names of criteria. */
export function factOf({ feature, value, detail }: Effect, language: Language): string {
	if (feature.startsWith('criterion.')) return detail && detail.length > 0 ? detail.join(' · ') : notMet[language];
	if (value === null) return (neverYet.has(feature) ? never : missing)[language];
	if (typeof value === 'string') return levels[feature]?.[value]?.[language] ?? value;
	return words[feature]?.[language](value) ?? number(value, language, 1);
}

/** `+6`, `−3`, with a real minus. */
export const signedPoints = (points: number): string => (points > 0 ? `+${points}` : String(points).replace('-', '−'));
