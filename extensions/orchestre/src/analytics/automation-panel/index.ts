import { definePanel } from '@directus/extensions-sdk';
import { commonOptions, switchOption } from '../panels/parts/options.ts';
import Panel from './automation-panel.vue';

export default definePanel({
	id: 'orchestre-automation',
	name: 'Automatisation',
	icon: 'smart_toy',
	description: 'Part des gestes faits par le produit, temps gagné, échecs.',
	component: Panel,
	minWidth: 14,
	minHeight: 10,
	options: [switchOption('hideJobs', 'Travaux', 'Masquer la liste'), ...commonOptions.slice(0, 1)],
});
