import { definePanel } from '@directus/extensions-sdk';
import ActionsPanel from './actions-panel.vue';

export default definePanel({
	id: 'orchestre-actions',
	name: 'Actions du jour',
	icon: 'today',
	description: 'Les actions les plus utiles de la journée, avec ce qu’elles rapportent et pourquoi.',
	component: ActionsPanel,
	minWidth: 18,
	minHeight: 8,
	options: [
		{
			field: 'limit',
			name: 'Nombre d’actions',
			type: 'integer' as const,
			schema: { default_value: 5 },
			meta: { width: 'half' as const, interface: 'slider', options: { minValue: 1, maxValue: 20, stepInterval: 1, alwaysShowValue: true } },
		},
	],
});
