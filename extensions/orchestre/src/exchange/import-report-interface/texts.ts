import type { Language } from '../../platform/amount.ts';
import type { ImportState } from '../row.ts';

const number = { fr: new Intl.NumberFormat('fr-FR'), en: new Intl.NumberFormat('en-GB') };
const some = (language: Language, count: number, one: string, many: string): string =>
	`${number[language].format(count)} ${(language === 'fr' ? count < 2 : count === 1) ? one : many}`;

type ReportTexts = {
	label: string;
	isNew: string;
	templates: string;
	collections: Record<'leads' | 'companies' | 'people', string>;
	loading: string;
	failed: string;
	retry: string;
	state: Record<ImportState, string>;
	counts: { total: string; good: string; bad: string; done: string; kept: string };
	progress: (done: number, total: number) => string;
	buttons: { good: (count: number) => string; confirm: string; resume: string; cancel: string; undo: string; again: string };
	undoTitle: string;
	undoText: (count: number) => string;
	keep: string;
	faults: (count: number) => string;
	firstOnly: (count: number) => string;
	noFault: string;
	columns: { row: string; column: string; value: string; message: string; reason: string; field: string };
	mapping: (count: number) => string;
	leftOut: string;
	kept: (count: number) => string;
	open: string;
	columnName: string;
};

export const reportTexts: Record<Language, ReportTexts> = {
	fr: {
		label: 'Compte rendu de l’import',
		isNew: 'Choisissez un fichier et enregistrez\u00a0: il sera vérifié avant que rien ne soit écrit.',
		templates: 'Modèles à remplir\u00a0:',
		collections: { leads: 'Leads', companies: 'Entreprises', people: 'Personnes' },
		loading: 'Chargement…',
		failed: 'Lecture impossible pour le moment.',
		retry: 'Réessayer',
		state: {
			checking: 'Vérification du fichier…',
			refused: 'Rien n’a été écrit',
			running: 'Import en cours…',
			done: 'Import terminé',
			cancelled: 'Import annulé',
			undoing: 'Retrait en cours…',
			undone: 'Import défait',
			failed: 'Ce fichier n’a pas pu être lu',
		},
		counts: { total: 'lignes', good: 'bonnes', bad: 'en erreur', done: 'importées', kept: 'gardées' },
		progress: (done, total) => `${number.fr.format(done)} sur ${number.fr.format(total)} lignes`,
		buttons: {
			good: (count) => `Importer ${some('fr', count, 'bonne ligne', 'bonnes lignes')}`,
			confirm: 'Importer quand même',
			resume: 'Reprendre l’import',
			cancel: 'Annuler',
			undo: 'Défaire l’import',
			again: 'Vérifier à nouveau',
		},
		undoTitle: 'Défaire cet import\u00a0?',
		undoText: (count) =>
			`${some('fr', count, 'fiche importée sera supprimée', 'fiches importées seront supprimées')}, sauf celles qui ont été modifiées, commentées ou utilisées depuis.`,
		keep: 'Garder',
		faults: (count) => some('fr', count, 'erreur', 'erreurs'),
		firstOnly: (count) => `Les ${number.fr.format(count)} premières sont affichées.`,
		noFault: 'Aucune erreur dans ce fichier.',
		columns: { row: 'Ligne', column: 'Colonne', value: 'Valeur', message: 'À corriger', reason: 'Raison', field: 'Champ' },
		mapping: (count) => `${some('fr', count, 'colonne reconnue', 'colonnes reconnues')}`,
		leftOut: 'laissée de côté',
		kept: (count) => some('fr', count, 'fiche gardée', 'fiches gardées'),
		open: 'Ouvrir',
		columnName: '(sans en-tête)',
	},
	en: {
		label: 'Report of the import',
		isNew: 'Choose a file and save: it is checked before anything is written.',
		templates: 'Templates to fill in:',
		collections: { leads: 'Leads', companies: 'Companies', people: 'People' },
		loading: 'Loading…',
		failed: 'This cannot be read at the moment.',
		retry: 'Try again',
		state: {
			checking: 'Checking the file…',
			refused: 'Nothing was written',
			running: 'Importing…',
			done: 'Import finished',
			cancelled: 'Import cancelled',
			undoing: 'Undoing…',
			undone: 'Import undone',
			failed: 'This file could not be read',
		},
		counts: { total: 'rows', good: 'good', bad: 'faulty', done: 'imported', kept: 'kept' },
		progress: (done, total) => `${number.en.format(done)} of ${number.en.format(total)} rows`,
		buttons: {
			good: (count) => `Import ${some('en', count, 'good row', 'good rows')}`,
			confirm: 'Import all the same',
			resume: 'Resume the import',
			cancel: 'Cancel',
			undo: 'Undo the import',
			again: 'Check again',
		},
		undoTitle: 'Undo this import?',
		undoText: (count) => `${some('en', count, 'imported record', 'imported records')} will be deleted, except those changed, commented or used since.`,
		keep: 'Keep',
		faults: (count) => some('en', count, 'fault', 'faults'),
		firstOnly: (count) => `The first ${number.en.format(count)} are shown.`,
		noFault: 'No fault in this file.',
		columns: { row: 'Row', column: 'Column', value: 'Value', message: 'To correct', reason: 'Reason', field: 'Field' },
		mapping: (count) => some('en', count, 'column recognised', 'columns recognised'),
		leftOut: 'left out',
		kept: (count) => some('en', count, 'record kept', 'records kept'),
		open: 'Open',
		columnName: '(no header)',
	},
};
