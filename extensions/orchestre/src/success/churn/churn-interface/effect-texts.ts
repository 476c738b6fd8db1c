import type { Language } from '../../../platform/amount.ts';

type Texts = {
	title: string;
	uplift: (difference: string, low: string, high: string) => string;
	tooFew: (least: number) => string;
	treated: string;
	control: string;
	arm: (n: number, saved: number) => string;
	hint: (percent: number) => string;
	failed: string;
};

export const effectTexts: Readonly<Record<Language, Texts>> = {
	fr: {
		title: 'Effet des actions de rétention',
		uplift: (difference, low, high) => `${difference} points de clients conservés grâce aux actions (entre ${low} et ${high}, à 95 %).`,
		tooFew: (least) => `Pas encore mesurable : il faut au moins ${least} épisodes terminés avec actions et ${least} épisodes témoins.`,
		treated: 'Avec actions',
		control: 'Témoins, sans action',
		arm: (n, saved) => (n === 0 ? 'aucun épisode terminé' : `${saved} ${saved < 2 ? 'conservé' : 'conservés'} sur ${n}`),
		hint: (percent) =>
			percent > 0
				? `${percent.toLocaleString('fr-FR')} % des nouveaux épisodes servent de témoins (Réglages, « Part témoin »).`
				: 'Aucun témoin pour l’instant : tous les épisodes sont traités (Réglages, « Part témoin »).',
		failed: 'L’effet des actions de rétention ne peut pas être lu pour le moment.',
	},
	en: {
		title: 'Effect of the retention work',
		uplift: (difference, low, high) => `${difference} points of clients kept thanks to the work (between ${low} and ${high}, at 95%).`,
		tooFew: (least) => `Not measurable yet: it takes at least ${least} finished episodes with work and ${least} held out.`,
		treated: 'With work',
		control: 'Held out, without work',
		arm: (n, saved) => (n === 0 ? 'no finished episode' : `${saved} of ${n} kept`),
		hint: (percent) =>
			percent > 0
				? `${percent.toLocaleString('en-GB')}% of new episodes are held out (settings, “Hold-out share”).`
				: 'None is held out for now: all episodes are treated (settings, “Hold-out share”).',
		failed: 'The effect of the retention work cannot be read at the moment.',
	},
};
