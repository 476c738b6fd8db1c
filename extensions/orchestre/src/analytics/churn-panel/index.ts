import { definePanel } from '@directus/extensions-sdk';
import { commonOptions } from '../panels/parts/options.ts';
import Panel from './churn-panel.vue';

export default definePanel({
	id: 'orchestre-churn-risk',
	name: 'Risque de départ',
	icon: 'logout',
	description: 'Santé des clients, revenu menacé et clients à rappeler d’abord.',
	component: Panel,
	minWidth: 14,
	minHeight: 10,
	options: [
		{ field: 'limit', name: 'Nombre de clients', type: 'integer', meta: { width: 'half', interface: 'input', options: { min: 1, max: 20, placeholder: '6' } } },
		...commonOptions.slice(1, 2),
	],
});
