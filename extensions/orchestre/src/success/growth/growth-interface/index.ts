import { defineInterface } from '@directus/extensions-sdk';
import GrowthInterface from './growth-interface.vue';

export default defineInterface({
	id: 'orchestre-growth',
	name: 'Développer ce client',
	description: 'Ce qui peut être proposé au client, pourquoi, et ce qui s’y oppose.',
	icon: 'trending_up',
	component: GrowthInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
