import { defineInterface } from '@directus/extensions-sdk';
import SequencesInterface from './sequences-interface.vue';

export default defineInterface({
	id: 'orchestre-sequences',
	name: 'Séquences',
	description: 'Les séquences de relance d’un lead ou d’un contact : où elles en sont, et de quoi les lancer ou les arrêter.',
	icon: 'schedule_send',
	component: SequencesInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
