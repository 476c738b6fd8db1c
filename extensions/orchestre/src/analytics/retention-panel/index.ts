import { definePanel } from '@directus/extensions-sdk';
import { choiceOption } from '../panels/parts/options.ts';
import Panel from './retention-panel.vue';

export default definePanel({
	id: 'orchestre-retention',
	name: 'Cohortes',
	icon: 'grid_on',
	description: 'Ce que les clients entrés ensemble paient encore, mois après mois.',
	component: Panel,
	minWidth: 14,
	minHeight: 10,
	options: [
		choiceOption('measure', 'Mesure', 'Revenu conservé', { revenue: 'Revenu conservé', clients: 'Clients conservés' }),
		choiceOption('cohorts', 'Cohortes', 'Par trimestre', { quarter: 'Par trimestre', month: 'Par mois' }),
	],
});
