import type { Language } from '../../platform/amount.ts';
import { dateFormat, numberFormat } from '../../platform/formats.ts';
import type { Quality } from '../model/backtest.ts';
import type { Trust } from './view.ts';

const percent = (share: number, language: Language): string => numberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);

export const percentOrDash = (share: number | null, language: Language): string => (share === null ? '–' : percent(share, language));

/** `+4 %`, `−12 %`. */
export const signedPercent = (share: number | null, language: Language): string =>
	share === null ? '–' : `${share > 0 ? '+' : share < 0 ? '−' : ''}${percent(Math.abs(share), language)}`;

/** A month as a heading: `novembre 2026`, or short `nov. 26`. */
export const monthName = (month: string, language: Language, isShort = false): string =>
	dateFormat(language, isShort ? { month: 'short', year: '2-digit', timeZone: 'UTC' } : { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`)); // prettier-ignore

type ForecastTexts = {
	title: string;
	company: string;
	scope: string;
	none: string;
	failed: string;
	retry: string;
	frozen: (date: string) => string;
	between: (low: string, high: string) => string;
	median: string;
	picture: string;
	pictureHint: string;
	legend: Record<'band' | 'median' | 'actual' | 'naive', string>;
	columns: Record<'month' | 'p10' | 'p50' | 'p90' | 'pipeline' | 'new_business' | 'recurring' | 'naive', string>;
	partsHint: string;
	trust: string;
	verdict: Record<Trust, string>;
	error: (ahead: Quality) => string;
	bias: (ahead: Quality) => string;
	coverage: (ahead: Quality) => string;
	assumed: string;
	horizon: (months: number) => string;
	quality: Record<'horizon' | 'mape' | 'naive' | 'recent' | 'bias' | 'coverage' | 'trials', string>;
	how: string;
	point: (month: string, low: string, median: string, high: string, actual: string | null) => string;
};

const fr = (share: number | null): string => percentOrDash(share, 'fr');
const en = (share: number | null): string => percentOrDash(share, 'en');

export const forecastTexts: Record<Language, ForecastTexts> = {
	fr: {
		title: 'Prévision',
		company: 'Toute l’entreprise',
		scope: 'Périmètre',
		none: 'Aucune prévision n’est encore figée : la première le sera demain matin à 6 h.',
		failed: 'Lecture impossible pour le moment.',
		retry: 'Réessayer',
		frozen: (date) => `Figée le ${date}, une fois par semaine`,
		between: (low, high) => `entre ${low} et ${high}`,
		median: 'médiane',
		picture: 'Prévu et réalisé, mois par mois',
		pictureHint: 'À gauche, ce qui était prévu un mois avant, et ce qui est arrivé ; à droite, les mois à venir.',
		legend: { band: 'Fourchette P10–P90 (8 chances sur 10)', median: 'Médiane', actual: 'Réalisé', naive: 'Somme pondérée simple' },
		columns: {
			month: 'Mois',
			p10: 'Prudente (P10)',
			p50: 'Médiane (P50)',
			p90: 'Haute (P90)',
			pipeline: 'dont affaires en cours',
			new_business: 'dont affaires à venir',
			recurring: 'dont récurrent',
			naive: 'Somme pondérée',
		},
		partsHint:
			'Signatures de nouvelles affaires et ventes additionnelles (hors taxes, première année) et revenu mensuel des abonnements. Les médianes des parties ne font pas exactement celle du total.',
		trust: 'Peut-on s’y fier ?',
		verdict: {
			unknown: 'Trop peu de mois passés pour le dire : lisez la fourchette, pas la médiane.',
			good: 'Oui, pour planifier : l’erreur passée est faible.',
			fair: 'À peu près : retenez la fourchette plutôt que la médiane.',
			poor: 'Peu : l’erreur passée est forte, ou la simple somme pondérée fait nettement mieux. N’engagez rien sur la médiane seule.',
		},
		error: ({ mape, naiveMape, recentMape, trials }) =>
			`Un mois avant, la médiane s’est trompée de ${fr(mape)} en moyenne sur ${trials} mois ; la somme pondérée simple de ${fr(naiveMape)}, la moyenne des trois mois précédents de ${fr(recentMape)}.`,
		bias: ({ bias }) =>
			bias === null || Math.abs(bias) < 0.05
				? 'Elle n’est ni trop optimiste ni trop prudente.'
				: bias > 0
					? `Elle est trop optimiste de ${fr(bias)}.`
					: `Elle est trop prudente de ${fr(-bias)}.`,
		coverage: ({ coverage }) => `Le réalisé est tombé dans la fourchette ${fr(coverage)} du temps (80 % attendus).`,
		assumed: 'Moins de quinze gains connus : le rythme de signature est supposé, pas mesuré.',
		horizon: (months) => (months === 0 ? 'Mois en cours' : months === 1 ? 'Un mois avant' : `${months} mois avant`),
		quality: {
			horizon: 'Prévision faite',
			mape: 'Erreur moyenne',
			naive: 'Erreur de la somme pondérée',
			recent: 'Erreur de la moyenne récente',
			bias: 'Biais',
			coverage: 'Dans la fourchette',
			trials: 'Mois jugés',
		},
		how: 'Chaque prévision passée est refaite avec ce que l’on savait ce jour-là, puis comparée à ce qui est arrivé.',
		point: (month, low, median, high, actual) => `${month} : de ${low} à ${high}, médiane ${median}${actual === null ? '' : `, réalisé ${actual}`}`,
	},
	en: {
		title: 'Forecast',
		company: 'Whole company',
		scope: 'Scope',
		none: 'No forecast is frozen yet: the first will be tomorrow at 6 a.m.',
		failed: 'This cannot be read at the moment.',
		retry: 'Try again',
		frozen: (date) => `Frozen on ${date}, once a week`,
		between: (low, high) => `between ${low} and ${high}`,
		median: 'median',
		picture: 'Forecast and actual, month by month',
		pictureHint: 'On the left what was forecast a month before and what came of it; on the right the months ahead.',
		legend: { band: 'P10–P90 band (8 chances in 10)', median: 'Median', actual: 'Actual', naive: 'Naive weighted sum' },
		columns: {
			month: 'Month',
			p10: 'Cautious (P10)',
			p50: 'Median (P50)',
			p90: 'High (P90)',
			pipeline: 'of which open deals',
			new_business: 'of which deals to come',
			recurring: 'of which recurring',
			naive: 'Weighted sum',
		},
		partsHint:
			'Signatures of new business and upsells (net, first year) and monthly revenue of subscriptions. Medians of the parts do not add up to that of the total.',
		trust: 'How far to trust it?',
		verdict: {
			unknown: 'Too few past months to tell: read the band, not the median.',
			good: 'Yes, for planning: past error is low.',
			fair: 'More or less: go by the band rather than by the median.',
			poor: 'Little: past error is high, or the naive weighted sum does clearly better. Commit nothing on the median alone.',
		},
		error: ({ mape, naiveMape, recentMape, trials }) =>
			`A month ahead the median was off by ${en(mape)} on average over ${trials} months; the naive weighted sum by ${en(naiveMape)}, the mean of the three months before by ${en(recentMape)}.`,
		bias: ({ bias }) =>
			bias === null || Math.abs(bias) < 0.05
				? 'It leans neither way.'
				: bias > 0
					? `It is too optimistic by ${en(bias)}.`
					: `It is too cautious by ${en(-bias)}.`,
		coverage: ({ coverage }) => `Actuals fell within the band ${en(coverage)} of the time (80% expected).`,
		assumed: 'Fewer than fifteen known wins: the pace of signing is assumed, not measured.',
		horizon: (months) => (months === 0 ? 'Current month' : months === 1 ? 'A month before' : `${months} months before`),
		quality: {
			horizon: 'Forecast made',
			mape: 'Mean error',
			naive: 'Error of the weighted sum',
			recent: 'Error of the recent mean',
			bias: 'Bias',
			coverage: 'Within the band',
			trials: 'Months judged',
		},
		how: 'Each past forecast is made again from what was known on its day, then held against what came.',
		point: (month, low, median, high, actual) => `${month}: ${low} to ${high}, median ${median}${actual === null ? '' : `, actual ${actual}`}`,
	},
};
