import type { Language } from '../../platform/amount.ts';

type Texts = {
	loading: string;
	failed: string;
	retry: string;
	level: Record<string, string>;
	why: string;
	keep: string;
	kept: string;
	gone: string;
	open: string;
	fields: string;
	same: string;
	field: string;
	both: string;
	empty: string;
	notYours: string;
	follows: string;
	nothingFollows: string;
	stays: (count: number) => string;
	merge: string;
	reject: string;
	undo: string;
	undoHint: string;
	tooLate: string;
	state: Record<string, string>;
	refused: string;
};

export const mergeTexts: Record<Language, Texts> = {
	fr: {
		loading: 'Comparaison des deux fiches…',
		failed: 'La comparaison ne peut pas être lue pour le moment.',
		retry: 'Réessayer',
		level: { sure: 'Doublon sûr', likely: 'Doublon probable', possible: 'Doublon possible', by_hand: 'Fiches choisies à la main' },
		why: 'Pourquoi',
		keep: 'Garder cette fiche',
		kept: 'Fiche gardée',
		gone: 'Versée dans l’autre, puis archivée',
		open: 'Ouvrir la fiche',
		fields: 'Pour chaque différence, la valeur à garder',
		same: 'Les deux fiches disent la même chose.',
		field: 'Champ',
		both: 'Les deux',
		empty: 'vide',
		notYours: 'Vos droits ne permettent pas de choisir ici.',
		follows: 'Suit la fiche gardée',
		nothingFollows: 'Rien n’est rattaché à la fiche versée.',
		stays: (count) => `${count} déjà sur la fiche gardée : reste sur l’autre`,
		merge: 'Fusionner',
		reject: 'Ce ne sont pas des doublons',
		undo: 'Annuler la fusion',
		undoHint: 'Une fusion s’annule pendant 30 jours.',
		tooLate: 'Cette fusion a plus de 30 jours : elle ne s’annule plus.',
		state: {
			proposed: 'À vérifier',
			merged: 'Ces deux fiches n’en font plus qu’une',
			not_duplicates: 'Écartée : ce ne sont pas des doublons',
			undone: 'La fusion a été annulée',
		},
		refused: 'Cela n’a pas pu se faire. Réessayez dans un instant.',
	},
	en: {
		loading: 'Comparing the two records…',
		failed: 'The comparison cannot be read at the moment.',
		retry: 'Try again',
		level: { sure: 'Surely a duplicate', likely: 'Probably a duplicate', possible: 'Possibly a duplicate', by_hand: 'Records chosen by hand' },
		why: 'Why',
		keep: 'Keep this record',
		kept: 'Record that is kept',
		gone: 'Merged into the other, then archived',
		open: 'Open the record',
		fields: 'For each difference, the value to keep',
		same: 'Both records say the same.',
		field: 'Field',
		both: 'Both',
		empty: 'empty',
		notYours: 'Your rights do not let you choose here.',
		follows: 'Goes with the record that is kept',
		nothingFollows: 'Nothing is linked to the other record.',
		stays: (count) => `${count} on the kept record already: stays with the other`,
		merge: 'Merge',
		reject: 'Not duplicates',
		undo: 'Undo the merge',
		undoHint: 'A merge can be undone for 30 days.',
		tooLate: 'This merge is older than 30 days: it can no longer be undone.',
		state: { proposed: 'To check', merged: 'These two records are one now', not_duplicates: 'Put aside: not duplicates', undone: 'The merge was undone' },
		refused: 'That could not be done. Try again in a moment.',
	},
};
