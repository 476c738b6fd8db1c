import { definePanel } from '@directus/extensions-sdk';
import { choiceOption, commonOptions } from '../parts/options.ts';
import TeamPanel from './team-panel.vue';

export default definePanel({
	id: 'orchestre-team',
	name: 'Par personne ou par équipe',
	icon: 'leaderboard',
	description: 'Un indicateur, personne par personne ou équipe par équipe : résultats, charge, objectifs.',
	component: TeamPanel,
	minWidth: 18,
	minHeight: 8,
	options: [
		{
			field: 'kpi',
			name: 'Indicateur',
			type: 'json' as const,
			meta: {
				width: 'half' as const,
				interface: 'collection-item-dropdown',
				note: 'Sans choix : le CA signé.',
				options: { selectedCollection: 'kpis', template: '{{name}}', filter: { status: { _eq: 'active' } } },
			},
		},
		choiceOption('by', 'Une ligne par', 'Personne', { person: 'Personne', team: 'Équipe' }),
		...commonOptions,
	],
});
