import { defineInterface } from '@directus/extensions-sdk';
import HealthInterface from './health-interface.vue';

export default defineInterface({
	id: 'orchestre-deal-health',
	name: 'Santé de l’affaire',
	description: 'L’état de l’affaire, ses raisons, la valeur en jeu et l’action à planifier.',
	icon: 'monitor_heart',
	component: HealthInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
