import { defineDisplay } from '@directus/extensions-sdk';
import { formatAmount, isAmountUnit } from '../amount.ts';
import { unitOption } from '../amount-units.ts';
import AmountDisplay from './amount-display.vue';

export default defineDisplay({
	id: 'orchestre-amount',
	name: 'Montant',
	description: 'Un entier (centimes, milliers d’euros, points de base, millièmes) affiché comme on l’écrit.',
	icon: 'euro',
	component: AmountDisplay,
	types: ['integer'],
	options: [unitOption],
	// For texts where no component fits: kanban and calendar titles, exports of templates.
	handler: (value: unknown, options) => (typeof value === 'number' ? formatAmount(value, isAmountUnit(options.unit) ? options.unit : 'eur', 'fr') : ''),
});
