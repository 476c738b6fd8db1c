import { defineInterface } from '@directus/extensions-sdk';
import TimelineInterface from './timeline-interface.vue';

export default defineInterface({
	id: 'orchestre-timeline',
	name: 'Historique à 360°',
	description: 'Tout ce qui s’est passé et se prépare autour d’une fiche, et la prochaine chose à faire.',
	icon: 'history',
	component: TimelineInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
