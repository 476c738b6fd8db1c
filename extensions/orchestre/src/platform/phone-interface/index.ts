import { defineInterface } from '@directus/extensions-sdk';
import PhoneInterface from './phone-interface.vue';

export default defineInterface({
	id: 'orchestre-phone',
	name: 'Téléphone',
	description: 'Un numéro saisi et affiché comme on l’écrit ; l’icône appelle.',
	icon: 'call',
	component: PhoneInterface,
	types: ['string'],
	group: 'standard',
	options: [{ field: 'placeholder', type: 'string', name: '$t:placeholder', meta: { width: 'half', interface: 'system-input-translated-string' } }],
});
