import { definePanel } from '@directus/extensions-sdk';
import { choiceOption } from '../panels/parts/options.ts';
import Panel from './campaigns-panel.vue';

export default definePanel({
	id: 'orchestre-campaigns',
	name: 'Rendement des campagnes',
	icon: 'campaign',
	description: 'Coût, affaires gagnées et rendement des campagnes, avec ce que le nombre de cas permet d’affirmer.',
	component: Panel,
	minWidth: 14,
	minHeight: 10,
	options: [
		choiceOption('by', 'Lignes', 'Par campagne', { campaign: 'Par campagne', channel: 'Par canal' }),
		{ field: 'limit', name: 'Nombre de lignes', type: 'integer', meta: { width: 'half', interface: 'input', options: { min: 1, max: 40, placeholder: '8' } } },
	],
});
