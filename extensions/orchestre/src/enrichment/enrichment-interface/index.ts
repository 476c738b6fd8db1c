import { defineInterface } from '@directus/extensions-sdk';
import EnrichmentInterface from './enrichment-interface.vue';

export default defineInterface({
	id: 'orchestre-enrichment',
	name: 'Enrichissement',
	description: 'Ce que les registres et annuaires ont complété sur une fiche, d’où cela vient, et de quoi chercher.',
	icon: 'travel_explore',
	component: EnrichmentInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
