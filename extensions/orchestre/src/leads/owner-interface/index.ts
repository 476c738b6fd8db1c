import { defineInterface } from '@directus/extensions-sdk';
import OwnerInterface from './owner-interface.vue';

export default defineInterface({
	id: 'orchestre-lead-owner',
	name: 'Pourquoi ce responsable',
	description: 'La décision d’attribution d’un lead, et ce que pesait chaque personne.',
	icon: 'person_pin',
	component: OwnerInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
