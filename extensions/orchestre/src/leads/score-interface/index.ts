import { defineInterface } from '@directus/extensions-sdk';
import ScoreInterface from './score-interface.vue';

export default defineInterface({
	id: 'orchestre-lead-score',
	name: 'Score du lead',
	description: 'La note du lead, ses raisons pour et contre, et son historique.',
	icon: 'stars',
	component: ScoreInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
