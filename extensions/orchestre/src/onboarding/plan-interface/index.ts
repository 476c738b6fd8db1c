import { defineInterface } from '@directus/extensions-sdk';
import PlanInterface from './plan-interface.vue';

export default defineInterface({
	id: 'orchestre-plan',
	name: 'Plan du projet',
	description: 'Les jalons dans le temps, le chemin critique, les retards, et les étapes d’accompagnement à relancer.',
	icon: 'account_tree',
	component: PlanInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
