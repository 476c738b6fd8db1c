import type { Language } from '../../platform/amount.ts';
import { counted } from '../../platform/text.ts';

type Texts = {
	label: { leads: string; opportunities: string };
	isNew: string;
	forbidden: string;
	closed: { leads: string; opportunities: string };
	notYet: string;
	outcome: { leads: (days: number) => string; opportunities: (days: number) => string };
	between: (low: number, high: number) => string;
	similar: { leads: (rows: number, won: number) => string; opportunities: (rows: number, won: number) => string };
	favourable: string;
	adverse: string;
	none: string;
	points: string;
	usual: string;
	rest: string;
	total: string;
	typed: (percent: number) => string;
	noModel: string;
	beside: { leads: string; opportunities: string };
	version: (version: string) => string;
};

export const probabilityTexts: Readonly<Record<Language, Texts>> = {
	fr: {
		label: { leads: 'Probabilité de conversion', opportunities: 'Chances de gain' },
		isNew: 'La probabilité apparaîtra après l’enregistrement.',
		forbidden: 'Votre rôle ne permet pas de voir cette probabilité.',
		closed: { leads: 'Ce lead est clos : sa probabilité n’est plus calculée.', opportunities: 'Cette affaire est close : sa probabilité n’est plus calculée.' },
		notYet: 'Pas encore de probabilité. Elle est calculée chaque nuit et quelques secondes après chaque changement, dès qu’un modèle a été entraîné.',
		outcome: {
			leads: (days) => `de chances d’être converti dans les ${days} jours`,
			opportunities: (days) => `de chances d’être gagnée dans les ${days} jours`,
		},
		between: (low, high) => `entre ${low} et ${high} %`,
		similar: {
			leads: (rows, won) => `Vérifié sur ${counted(rows, 'lead semblable', 'leads semblables')} : ${counted(won, 'converti', 'convertis')}.`,
			opportunities: (rows, won) => `Vérifié sur ${counted(rows, 'affaire semblable', 'affaires semblables')} : ${counted(won, 'gagnée', 'gagnées')}.`,
		},
		favourable: 'Associé à plus de chances',
		adverse: 'Associé à moins de chances',
		none: 'Rien de notable.',
		points: 'en points de pourcentage',
		usual: 'Niveau habituel',
		rest: 'tout le reste',
		total: 'Probabilité',
		typed: (percent) => `Une personne a saisi ${percent} % : c’est cette valeur qui compte. Le modèle dit :`,
		noModel: 'Pas encore de probabilité fiable tirée de l’historique',
		beside: {
			leads: 'Une indication, à côté des points : elle ne les remplace pas.',
			opportunities: 'Une indication tirée de vos affaires passées. Une probabilité saisie à la main reste.',
		},
		version: (version) => `Modèle ${version}`,
	},
	en: {
		label: { leads: 'Chance of conversion', opportunities: 'Chance of winning' },
		isNew: 'The probability will appear once this is saved.',
		forbidden: 'Your role does not let you see this probability.',
		closed: {
			leads: 'This lead is closed: its probability is no longer worked out.',
			opportunities: 'This deal is closed: its probability is no longer worked out.',
		},
		notYet: 'No probability yet. It is worked out every night and a few seconds after each change, once a model has been trained.',
		outcome: { leads: (days) => `chance of conversion within ${days} days`, opportunities: (days) => `chance of being won within ${days} days` },
		between: (low, high) => `between ${low} and ${high}%`,
		similar: {
			leads: (rows, won) => `Checked on ${rows} similar leads: ${won} converted.`,
			opportunities: (rows, won) => `Checked on ${rows} similar deals: ${won} won.`,
		},
		favourable: 'Associated with a higher chance',
		adverse: 'Associated with a lower chance',
		none: 'Nothing of note.',
		points: 'in percentage points',
		usual: 'Usual level',
		rest: 'everything else',
		total: 'Probability',
		typed: (percent) => `Somebody entered ${percent}%: that is what counts. The model says:`,
		noModel: 'No reliable probability from the history yet',
		beside: {
			leads: 'An indication beside the points: it does not replace them.',
			opportunities: 'An indication from your past deals. A probability entered by hand stays.',
		},
		version: (version) => `Model ${version}`,
	},
};
