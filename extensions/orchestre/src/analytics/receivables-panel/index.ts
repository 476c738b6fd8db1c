import { definePanel } from '@directus/extensions-sdk';
import { commonOptions, switchOption } from '../panels/parts/options.ts';
import Panel from './receivables-panel.vue';

export default definePanel({
	id: 'orchestre-receivables',
	name: 'Créances clients',
	icon: 'receipt_long',
	description: 'Ce que les clients doivent, par ancienneté, le délai de paiement (DSO) et qui doit le plus.',
	component: Panel,
	minWidth: 14,
	minHeight: 10,
	options: [switchOption('hideDebtors', 'Débiteurs', 'Masquer la liste'), ...commonOptions.slice(0, 2)],
});
