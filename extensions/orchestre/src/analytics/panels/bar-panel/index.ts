import { definePanel } from '@directus/extensions-sdk';
import BarPanel from './bar-panel.vue';

export default definePanel({
	id: 'orchestre-bar',
	name: 'Période et périmètre',
	icon: 'date_range',
	description: 'Choisit la période, les personnes et la comparaison de tous les panneaux du tableau de bord.',
	component: BarPanel,
	minWidth: 24,
	minHeight: 3,
	options: [],
});
