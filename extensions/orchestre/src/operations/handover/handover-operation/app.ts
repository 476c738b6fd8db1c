import { defineOperationApp } from '@directus/extensions-sdk';

const actions = [
	{ value: 'prepare', text: 'Préparer (aperçu à relire)' },
	{ value: 'hand_over', text: 'Transmettre tout de suite' },
	{ value: 'carry_out', text: 'Transmettre ce qui est préparé' },
	{ value: 'undo', text: 'Annuler' },
];

export default defineOperationApp({
	id: 'orchestre-handover',
	name: 'Transmettre un portefeuille',
	icon: 'move_up',
	description: 'Confie à quelqu’un d’autre les leads, affaires, clients et tâches d’une personne, ou annule cette transmission.',
	overview: ({ action }: { action?: string }) => [{ label: 'Action', text: actions.find(({ value }) => value === action)?.text ?? 'à choisir' }],
	options: [
		{ field: 'action', name: 'Action', type: 'string', meta: { width: 'full', required: true, interface: 'select-dropdown', options: { choices: actions } } },
	],
});
