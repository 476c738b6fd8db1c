import { defineInterface } from '@directus/extensions-sdk';
import SimulationInterface from './simulation-interface.vue';

export default defineInterface({
	id: 'orchestre-assignment-simulation',
	name: 'Simulation de l’attribution',
	description: 'Rejoue les 90 derniers jours avec d’autres poids, avant de les appliquer.',
	icon: 'science',
	component: SimulationInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
