import { defineOperationApp } from '@directus/extensions-sdk';
import { actionOption } from '../../platform/action-option.ts';

export default defineOperationApp({
	id: 'orchestre-duplicates',
	name: 'Traiter des doublons',
	icon: 'join_inner',
	description: 'Fusionne des paires de doublons, les écarte, ou annule leur fusion.',
	...actionOption([
		{ value: 'merge', text: 'Fusionner les paires sûres' },
		{ value: 'reject', text: 'Ce ne sont pas des doublons' },
		{ value: 'undo', text: 'Annuler la fusion' },
	]),
});
