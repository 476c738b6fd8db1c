import { defineInterface } from '@directus/extensions-sdk';
import ChurnInterface from './churn-interface.vue';

export default defineInterface({
	id: 'orchestre-churn',
	name: 'Risque de départ',
	description: 'L’indice de risque d’un client, ses raisons, la probabilité quand un modèle est en service, et ce qui est en cours pour le retenir.',
	icon: 'logout',
	component: ChurnInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
