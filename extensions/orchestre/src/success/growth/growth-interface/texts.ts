import type { Language } from '../../../platform/amount.ts';

const refusals = ['already_done', 'wrong', 'not_now', 'not_worth', 'other'] as const;
export type Refusal = (typeof refusals)[number];
export const refusalReasons: readonly Refusal[] = refusals;

type GrowthTexts = {
	label: string;
	isNew: string;
	batch: string;
	forbidden: string;
	notClient: string;
	off: string;
	blocked: string;
	open: string;
	none: string;
	never: string;
	searched: (moment: string) => string;
	search: string;
	summary: (count: number, euros: string | null) => string;
	expected: (euros: string) => string;
	expectedHint: string;
	chance: (share: string, low: string, high: string) => string;
	why: string;
	due: (day: string) => string;
	create: string;
	snooze: string;
	refuse: string;
	back: string;
	days: Record<7 | 30 | 90, string>;
	refusal: Record<Refusal, string>;
	refusalQuestion: string;
	snoozeQuestion: string;
	snoozed: (day: string) => string;
	answered: string;
	done: string;
	refused: (reason: string) => string;
	openDeal: string;
	outcome: Record<string, string>;
	created: (name: string) => string;
	found: (proposed: number) => string;
	failed: string;
};

export const growthTexts: Record<Language, GrowthTexts> = {
	fr: {
		label: 'Développer ce client',
		isNew: 'Les propositions apparaîtront quand la fiche sera enregistrée.',
		batch: 'Ouvrez un seul client pour lire ses propositions.',
		forbidden: 'Seuls ceux qui suivent ce client voient ce qui peut lui être proposé.',
		notClient: 'Cette entreprise n’est pas cliente : il n’y a pas encore de vente additionnelle à proposer.',
		off: 'La recherche de ventes additionnelles est désactivée dans les Réglages.',
		blocked: 'Rien à proposer pour le moment',
		open: 'Voir',
		none: 'Rien à proposer : aucun produit ne remplit les conditions, ou tout a déjà été proposé.',
		never: 'La première recherche n’a pas encore eu lieu : elle se fait le lundi, ou tout de suite avec le bouton.',
		searched: (moment) => `Dernière recherche générale le ${moment}`,
		search: 'Chercher maintenant',
		summary: (count, euros) => `${count} proposition${count < 2 ? '' : 's'}${euros ? `, ${euros} attendus` : ''}`,
		expected: (euros) => `${euros} attendus`,
		expectedHint: 'Chance de gain × montant de la première année',
		chance: (share, low, high) => `${share} de chances (de ${low} à ${high})`,
		why: 'Pourquoi cette proposition',
		due: (day) => `à faire avant le ${day}`,
		create: 'Créer l’affaire',
		snooze: 'Reporter',
		refuse: 'Écarter',
		back: 'Annuler',
		days: { 7: 'Une semaine', 30: 'Un mois', 90: 'Trois mois' },
		refusal: {
			already_done: 'Déjà fait',
			wrong: 'Le conseil est faux',
			not_now: 'Pas le bon moment',
			not_worth: 'N’en vaut pas la peine',
			other: 'Autre',
		},
		refusalQuestion: 'Pourquoi l’écarter ?',
		snoozeQuestion: 'Reporter de combien ?',
		snoozed: (day) => `Reporté jusqu’au ${day}`,
		answered: 'Déjà traité',
		done: 'Affaire créée',
		refused: (reason) => `Écarté : ${reason}`,
		openDeal: 'Ouvrir l’affaire',
		outcome: { won: 'Gagnée', lost: 'Perdue' },
		created: (name) => `Affaire créée : ${name}`,
		found: (proposed) =>
			proposed === 0 ? 'Recherche faite : rien de nouveau.' : proposed === 1 ? 'Une nouvelle proposition.' : `${proposed} nouvelles propositions.`,
		failed: 'L’action n’a pas abouti. Réessayez.',
	},
	en: {
		label: 'Grow this client',
		isNew: 'Suggestions will appear once the record is saved.',
		batch: 'Open a single client to read its suggestions.',
		forbidden: 'Only those who look after this client see what could be offered to it.',
		notClient: 'This company is not a client: there is nothing to upsell yet.',
		off: 'Looking for upsells is switched off in the settings.',
		blocked: 'Nothing to offer at the moment',
		open: 'Show',
		none: 'Nothing to offer: no product meets the conditions, or all has been suggested already.',
		never: 'Nobody has looked yet: it happens on Mondays, or at once with the button.',
		searched: (moment) => `All clients last searched on ${moment}`,
		search: 'Look now',
		summary: (count, euros) => `${count} suggestion${count === 1 ? '' : 's'}${euros ? `, ${euros} expected` : ''}`,
		expected: (euros) => `${euros} expected`,
		expectedHint: 'Chance of winning × amount of the first year',
		chance: (share, low, high) => `${share} chance (${low} to ${high})`,
		why: 'Why this suggestion',
		due: (day) => `before ${day}`,
		create: 'Create the deal',
		snooze: 'Snooze',
		refuse: 'Refuse',
		back: 'Cancel',
		days: { 7: 'A week', 30: 'A month', 90: 'Three months' },
		refusal: { already_done: 'Already done', wrong: 'The advice is wrong', not_now: 'Not the right time', not_worth: 'Not worth it', other: 'Other' },
		refusalQuestion: 'Why refuse it?',
		snoozeQuestion: 'For how long?',
		snoozed: (day) => `Snoozed until ${day}`,
		answered: 'Already handled',
		done: 'Deal created',
		refused: (reason) => `Refused: ${reason}`,
		openDeal: 'Open the deal',
		outcome: { won: 'Won', lost: 'Lost' },
		created: (name) => `Deal created: ${name}`,
		found: (proposed) => (proposed === 0 ? 'Nothing new.' : proposed === 1 ? 'One new suggestion.' : `${proposed} new suggestions.`),
		failed: 'That did not work. Try again.',
	},
};

export const blockIcons = {
	red_health: 'heart_broken',
	churn: 'trending_down',
	ticket: 'local_fire_department',
	invoice: 'receipt_long',
	cancelled: 'logout',
} as const;
