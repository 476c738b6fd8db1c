import { defineInterface } from '@directus/extensions-sdk';
import MergeInterface from './merge-interface.vue';

export default defineInterface({
	id: 'orchestre-merge',
	name: 'Comparer et fusionner',
	description: 'Deux fiches côte à côte, ce que leur fusion ferait, et ses boutons.',
	icon: 'call_merge',
	component: MergeInterface,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLabel: true,
	hideLoader: true,
});
