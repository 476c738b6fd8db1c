import { defineOperationApp } from '@directus/extensions-sdk';
import { jobTitles } from '../jobs/catalogue.ts';

export default defineOperationApp({
	id: 'orchestre-job',
	name: 'Exécuter un travail',
	icon: 'conveyor_belt',
	description: 'Exécute tout de suite les travaux en attente des fiches concernées, ou un travail planifié. Un travail n’est jamais fait deux fois.',
	overview: ({ kind }: { kind?: string }) => [{ label: 'Travail', text: jobTitles[kind ?? ''] ?? kind ?? 'à choisir' }],
	options: [
		{
			field: 'kind',
			name: 'Travail',
			type: 'string',
			meta: {
				width: 'full',
				required: true,
				interface: 'select-dropdown',
				note: 'Sur un événement : les travaux de ce type que les fiches de l’événement attendent. Sur une planification : un travail par minute planifiée.',
				options: { allowOther: true, choices: Object.entries(jobTitles).map(([value, text]) => ({ value, text })) },
			},
		},
	],
});
