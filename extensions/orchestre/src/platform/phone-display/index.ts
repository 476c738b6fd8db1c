import { defineDisplay } from '@directus/extensions-sdk';
import { formatPhone } from '../phone.ts';
import PhoneDisplay from './phone-display.vue';

export default defineDisplay({
	id: 'orchestre-phone',
	name: 'Téléphone',
	description: 'Un numéro lu comme on l’écrit ; un clic appelle.',
	icon: 'call',
	component: PhoneDisplay,
	types: ['string'],
	options: null,
	// For texts where no component fits: kanban and calendar titles, templates.
	handler: (value: unknown) => (typeof value === 'string' ? formatPhone(value) : ''),
});
