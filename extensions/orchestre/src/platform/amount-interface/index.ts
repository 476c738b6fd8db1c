import { defineInterface } from '@directus/extensions-sdk';
import { unitOption } from '../amount-units.ts';
import AmountInterface from './amount-interface.vue';

export default defineInterface({
	id: 'orchestre-amount',
	name: 'Montant',
	description: 'Un entier (centimes, milliers d’euros, points de base, millièmes) saisi et affiché comme on l’écrit.',
	icon: 'euro',
	component: AmountInterface,
	types: ['integer'],
	group: 'standard',
	options: [unitOption, { field: 'placeholder', type: 'string', name: '$t:placeholder', meta: { width: 'half', interface: 'system-input-translated-string' } }],
});
