import { defineInterface } from '@directus/extensions-sdk';
import ProbabilityInterface from './probability-interface.vue';

export default defineInterface({
	id: 'orchestre-probability',
	name: 'Probabilité',
	description: 'La probabilité apprise de l’historique, son intervalle et ses raisons.',
	icon: 'percent',
	component: ProbabilityInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
