import { defineInterface } from '@directus/extensions-sdk';
import ModelCardInterface from './model-card-interface.vue';

export default defineInterface({
	id: 'orchestre-model-card',
	name: 'Fiche d’un modèle',
	description: 'Ce qu’un modèle vaut : décision, mesures, calibration, gain, conditions et dérive.',
	icon: 'model_training',
	component: ModelCardInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
