import { defineOperationApp } from '@directus/extensions-sdk';

export default defineOperationApp({
	id: 'orchestre-job-replay',
	name: 'Rejouer des travaux',
	icon: 'replay',
	description: 'Remet en route les travaux sélectionnés, avec les droits de la personne qui le demande.',
	overview: () => [],
	options: [],
});
