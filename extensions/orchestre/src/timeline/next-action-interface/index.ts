import { defineInterface } from '@directus/extensions-sdk';
import NextActionInterface from './next-action-interface.vue';

export default defineInterface({
	id: 'orchestre-next-action',
	name: 'À faire maintenant',
	description: 'La prochaine chose à faire pour une fiche, pourquoi, et un appel à consigner en deux clics.',
	icon: 'bolt',
	component: NextActionInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
