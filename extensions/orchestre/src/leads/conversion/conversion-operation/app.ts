import { defineOperationApp } from '@directus/extensions-sdk';
import { actionOption } from '../../../platform/action-option.ts';

export default defineOperationApp({
	id: 'orchestre-conversion',
	name: 'Convertir un lead',
	icon: 'handshake',
	description: 'Fait d’un lead une entreprise, un contact et une affaire, ou annule cette conversion.',
	...actionOption([
		{ value: 'convert', text: 'Convertir en affaire' },
		{ value: 'undo', text: 'Annuler la conversion' },
	]),
});
