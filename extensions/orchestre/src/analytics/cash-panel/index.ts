import { definePanel } from '@directus/extensions-sdk';
import { commonOptions } from '../panels/parts/options.ts';
import Panel from './cash-panel.vue';

export default definePanel({
	id: 'orchestre-cash',
	name: 'Encaissements et décaissements',
	icon: 'payments',
	description: 'Ce qui est entré et sorti mois par mois, et ce qui est attendu sous trente jours.',
	component: Panel,
	minWidth: 14,
	minHeight: 10,
	options: commonOptions.slice(0, 1),
});
