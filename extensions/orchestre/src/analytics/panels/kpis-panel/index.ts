import { definePanel } from '@directus/extensions-sdk';
import { commonOptions } from '../parts/options.ts';
import KpisPanel from './kpis-panel.vue';

export default definePanel({
	id: 'orchestre-kpis',
	name: 'Indicateurs',
	icon: 'speed',
	description: 'Un ou plusieurs indicateurs : valeur, objectif, comparaison et tendance. Sans choix, ceux du cockpit du rôle.',
	component: KpisPanel,
	minWidth: 10,
	minHeight: 7,
	options: [
		{
			field: 'kpis',
			name: 'Indicateurs',
			type: 'json',
			meta: {
				width: 'full',
				interface: 'collection-item-multiple-dropdown',
				note: 'Sans choix : d’après le cockpit du rôle, dans son ordre.',
				options: { selectedCollection: 'kpis', template: '{{name}}', filter: { status: { _eq: 'active' } } },
			},
		},
		...commonOptions,
	],
});
