import { definePanel } from '@directus/extensions-sdk';
import { commonOptions } from '../parts/options.ts';
import ForecastPanel from './forecast-panel.vue';

export default definePanel({
	id: 'orchestre-forecast-chart',
	name: 'Prévision et erreur passée',
	icon: 'query_stats',
	description: 'Les mois à venir avec leur fourchette, ce qui avait été prévu et ce qui est arrivé, et jusqu’où s’y fier.',
	component: ForecastPanel,
	minWidth: 24,
	minHeight: 14,
	options: commonOptions.filter(({ field }) => field === 'scope'),
});
