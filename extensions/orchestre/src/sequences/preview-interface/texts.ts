import type { Language } from '../../platform/amount.ts';

type Texts = {
	label: string;
	lead: string;
	search: string;
	noLead: string;
	empty: string;
	failed: string;
	subject: string;
	missing: string;
	consent: string;
	variables: string;
	frame: string;
};

export const previewTexts: Record<Language, Texts> = {
	fr: {
		label: 'Aperçu',
		lead: 'Aperçu pour le lead',
		search: 'Choisir un lead…',
		noLead: 'Il n’y a pas encore de lead pour l’aperçu.',
		empty: 'Écrivez un texte pour en voir l’aperçu.',
		failed: 'L’aperçu n’est pas disponible pour le moment.',
		subject: 'Objet',
		missing: 'Ce lead n’a pas de valeur pour :',
		consent: 'Ce lead ne recevrait pas ce message :',
		variables: 'Variables disponibles',
		frame: 'Message tel qu’il partirait',
	},
	en: {
		label: 'Preview',
		lead: 'Preview for the lead',
		search: 'Choose a lead…',
		noLead: 'There is no lead yet to preview with.',
		empty: 'Write a text to see its preview.',
		failed: 'The preview is not available at the moment.',
		subject: 'Subject',
		missing: 'This lead has no value for:',
		consent: 'This lead would not get this message:',
		variables: 'Variables',
		frame: 'The message as it would go out',
	},
};
