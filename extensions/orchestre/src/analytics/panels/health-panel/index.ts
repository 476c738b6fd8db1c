import { definePanel } from '@directus/extensions-sdk';
import { commonOptions } from '../parts/options.ts';
import HealthPanel from './health-panel.vue';

export default definePanel({
	id: 'orchestre-pipeline-health',
	name: 'Santé du pipeline',
	icon: 'monitor_heart',
	description: 'Les affaires en cours par santé, ce qu’elles mettent en jeu, le goulot, et celles qui pressent le plus.',
	component: HealthPanel,
	minWidth: 18,
	minHeight: 10,
	options: commonOptions.filter(({ field }) => field === 'scope'),
});
