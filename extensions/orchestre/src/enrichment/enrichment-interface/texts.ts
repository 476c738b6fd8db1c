import type { Language } from '../../platform/amount.ts';
import type { Source } from '../rules/types.ts';

type Texts = {
	never: string;
	isNew: string;
	unavailable: string;
	search: string;
	choose: string;
	reload: string;
	provenance: (count: number) => string;
	source: Readonly<Record<Source, string>>;
	job: Readonly<Record<string, string>>;
};

export const enrichmentTexts: Record<Language, Texts> = {
	fr: {
		never: 'Cette fiche n’a pas encore été recherchée.',
		isNew: 'Enregistrez la fiche pour la compléter.',
		unavailable: 'L’enrichissement n’est pas disponible pour le moment.',
		search: 'Enrichir',
		choose: 'C’est celle-ci',
		reload: 'Rechargez la fiche pour voir les champs complétés.',
		provenance: (count) => (count > 1 ? `${count} champs complétés : d’où viennent-ils ?` : '1 champ complété : d’où vient-il ?'),
		source: { register: 'registre des entreprises', hunter: 'Hunter' },
		job: {
			waiting: 'Nouvelle tentative prévue',
			running: 'Recherche en cours',
			failed: 'La dernière recherche a échoué',
			skipped: 'La dernière recherche n’a pas eu lieu',
		},
	},
	en: {
		never: 'This record has not been looked up yet.',
		isNew: 'Save the record to complete it.',
		unavailable: 'Enrichment is not available at the moment.',
		search: 'Enrich',
		choose: 'This one',
		reload: 'Reload the record to see the fields.',
		provenance: (count) => `${count} completed fields: where they come from`,
		source: { register: 'company register', hunter: 'Hunter' },
		job: { waiting: 'Another attempt is planned', running: 'Looking up', failed: 'The last look-up failed', skipped: 'The last look-up did not happen' },
	},
};
