import { defineInterface } from '@directus/extensions-sdk';
import DuplicateWarning from './duplicate-warning.vue';

export default defineInterface({
	id: 'orchestre-duplicate-warning',
	name: 'Doublons possibles',
	description: 'Avertit, pendant la saisie, des fiches qui semblent être la même.',
	icon: 'join_inner',
	component: DuplicateWarning,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLabel: true,
	hideLoader: true,
});
