import { defineInterface } from '@directus/extensions-sdk';
import HealthInterface from './health-interface.vue';

export default defineInterface({
	id: 'orchestre-client-health',
	name: 'Santé du client',
	description: 'La note de santé, ses six mesures avec leurs raisons, son évolution, et la correction à la main.',
	icon: 'favorite',
	component: HealthInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
