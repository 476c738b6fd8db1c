import { definePanel } from '@directus/extensions-sdk';
import { commonOptions } from '../panels/parts/options.ts';
import Panel from './recurring-panel.vue';

export default definePanel({
	id: 'orchestre-recurring',
	name: 'Revenu récurrent',
	icon: 'autorenew',
	description: 'MRR et ce qui l’a fait bouger : nouveaux clients, retours, hausses, baisses, départs.',
	component: Panel,
	minWidth: 14,
	minHeight: 10,
	options: commonOptions.slice(0, 2),
});
