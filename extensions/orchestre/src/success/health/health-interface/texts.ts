import type { Language } from '../../../platform/amount.ts';

type Texts = {
	label: string;
	isNew: string;
	forbidden: string;
	unknown: string;
	outOf: string;
	computed: (band: string) => string;
	trend: (points: string) => string;
	noTrend: string;
	steady: string;
	history: (days: number, from: number, to: number) => string;
	noHistory: string;
	partsTitle: string;
	measured: (count: number) => string;
	weight: (percent: number) => string;
	notMeasured: string;
	notCounted: string;
	points: (points: number) => string;
	judged: (moment: string) => string;
	by: (name: string, day: string) => string;
	nobody: string;
	override: string;
	change: string;
	remove: string;
	form: { title: string; band: string; reason: string; reasonHint: string; until: string; save: string; cancel: string; missing: string };
	refused: string;
	failed: string;
};

const many = (count: number, one: string, other: string): string => `${count} ${count > 1 ? other : one}`;

export const healthTexts: Record<Language, Texts> = {
	fr: {
		label: 'Santé du client',
		isNew: 'La santé du client apparaîtra après l’enregistrement.',
		forbidden: 'Votre rôle ne permet pas de voir la santé de ce client.',
		unknown: 'Rien à mesurer pour l’instant : ni usage, ni ticket, ni facture échue, ni échange. La santé se calcule chaque nuit.',
		outOf: 'sur 100',
		computed: (band) => `Niveau calculé : ${band}`,
		trend: (points) => `${points} points en 30 jours`,
		noTrend: 'Pas encore 30 jours d’historique',
		steady: 'Stable sur 30 jours',
		history: (days, from, to) => `Santé sur ${many(days, 'jour', 'jours')} : de ${from} à ${to} sur 100`,
		noHistory: 'La courbe apparaîtra demain.',
		partsTitle: 'D’où vient cette note',
		measured: (count) => `${many(count, 'mesure', 'mesures')} sur 6 ; celles qui manquent ne comptent pas, les autres se partagent leur poids.`,
		weight: (percent) => `compte pour ${percent} %`,
		notMeasured: 'Non mesuré',
		notCounted: 'ne compte pas',
		points: (points) => `${many(Math.abs(points), 'point perdu', 'points perdus')}`,
		judged: (moment) => `Calculée le ${moment}`,
		by: (name, day) => `Niveau fixé par ${name} jusqu’au ${day} inclus`,
		nobody: 'Orchestre',
		override: 'Corriger le niveau',
		change: 'Modifier la correction',
		remove: 'Revenir au niveau calculé',
		form: {
			title: 'Corriger le niveau à la main',
			band: 'Niveau',
			reason: 'Pourquoi ?',
			reasonHint: 'Ce que vous savez et que les mesures ne voient pas',
			until: 'Jusqu’au (inclus)',
			save: 'Enregistrer la correction',
			cancel: 'Annuler',
			missing: 'Donnez un motif (quelques mots) et une date de fin dans les six mois.',
		},
		refused: 'Vous n’avez pas le droit de corriger la santé de ce client.',
		failed: 'La correction n’a pas pu être enregistrée. Réessayez.',
	},
	en: {
		label: 'Health of the client',
		isNew: 'The health of the client will appear once it is saved.',
		forbidden: 'Your role does not let you see the health of this client.',
		unknown: 'Nothing to measure yet: no usage, no ticket, no overdue invoice, no exchange. Health is computed every night.',
		outOf: 'of 100',
		computed: (band) => `Computed band: ${band}`,
		trend: (points) => `${points} points in 30 days`,
		noTrend: 'Not yet 30 days of history',
		steady: 'Steady over 30 days',
		history: (days, from, to) => `Health over ${many(days, 'day', 'days')}: from ${from} to ${to} of 100`,
		noHistory: 'The line will appear tomorrow.',
		partsTitle: 'Where this score comes from',
		measured: (count) => `${many(count, 'measure', 'measures')} of 6; missing ones do not count, the others share their weight.`,
		weight: (percent) => `counts for ${percent}%`,
		notMeasured: 'Not measured',
		notCounted: 'does not count',
		points: (points) => `${many(Math.abs(points), 'point lost', 'points lost')}`,
		judged: (moment) => `Computed on ${moment}`,
		by: (name, day) => `Band set by ${name} until ${day} included`,
		nobody: 'Orchestre',
		override: 'Override the band',
		change: 'Change the override',
		remove: 'Back to the computed band',
		form: {
			title: 'Override the band by hand',
			band: 'Band',
			reason: 'Why?',
			reasonHint: 'What you know and the measures do not see',
			until: 'Until (included)',
			save: 'Save the override',
			cancel: 'Cancel',
			missing: 'Give a reason (a few words) and an end within six months.',
		},
		refused: 'You may not override the health of this client.',
		failed: 'The override could not be saved. Try again.',
	},
};

/** An icon for each part and each band: colour alone says nothing to some. */
export const partIcons = {
	usage: 'touch_app',
	support: 'support_agent',
	payment: 'payments',
	contact: 'forum',
	satisfaction: 'thumb_up',
	plan: 'flag',
} as const;
export const bandIcons = { good: 'sentiment_satisfied', watch: 'visibility', red: 'warning' } as const;
