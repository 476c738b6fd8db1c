import { defineInterface } from '@directus/extensions-sdk';
import PreviewInterface from './preview-interface.vue';

export default defineInterface({
	id: 'orchestre-template-preview',
	name: 'Aperçu d’un modèle de message',
	description: 'Le message tel qu’il partirait à un lead choisi, modifications non enregistrées comprises.',
	icon: 'preview',
	component: PreviewInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
