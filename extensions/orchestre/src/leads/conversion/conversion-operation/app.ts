import { defineOperationApp } from '@directus/extensions-sdk';

const actions = [
	{ value: 'convert', text: 'Convertir en affaire' },
	{ value: 'undo', text: 'Annuler la conversion' },
];

export default defineOperationApp({
	id: 'orchestre-conversion',
	name: 'Convertir un lead',
	icon: 'handshake',
	description: 'Fait d’un lead une entreprise, un contact et une affaire, ou annule cette conversion.',
	overview: ({ action }: { action?: string }) => [{ label: 'Action', text: actions.find(({ value }) => value === action)?.text ?? 'à choisir' }],
	options: [
		{ field: 'action', name: 'Action', type: 'string', meta: { width: 'full', required: true, interface: 'select-dropdown', options: { choices: actions } } },
	],
});
