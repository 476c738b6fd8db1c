import { defineInterface } from '@directus/extensions-sdk';
import ValueInterface from './value-interface.vue';

export default defineInterface({
	id: 'orchestre-kpi-value',
	name: 'Valeur d’indicateur',
	description: 'Un objectif saisi dans l’unité de l’indicateur choisi : euros, pour cent, jours …',
	icon: 'flag',
	component: ValueInterface,
	types: ['bigInteger'],
	group: 'standard',
	options: [],
});
