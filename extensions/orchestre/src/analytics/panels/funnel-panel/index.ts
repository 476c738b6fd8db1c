import { definePanel } from '@directus/extensions-sdk';
import { commonOptions } from '../parts/options.ts';
import FunnelPanel from './funnel-panel.vue';

export default definePanel({
	id: 'orchestre-funnel',
	name: 'Entonnoir',
	icon: 'filter_alt',
	description: 'Combien d’affaires atteignent chaque étape, combien passent à la suivante, et en combien de temps.',
	component: FunnelPanel,
	minWidth: 20,
	minHeight: 12,
	options: commonOptions.filter(({ field }) => field !== 'comparison'),
});
