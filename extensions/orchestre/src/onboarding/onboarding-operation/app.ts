import { defineOperationApp } from '@directus/extensions-sdk';

const actions = [
	{ value: 'choose', text: 'Choisir le modèle' },
	{ value: 'plan', text: 'Créer le plan' },
	{ value: 'branch', text: 'Faire une étape' },
];
const steps = [
	{ value: 'welcome', text: 'E-mail de bienvenue' },
	{ value: 'slack', text: 'Canal Slack' },
	{ value: 'billing', text: 'Préparer la facturation' },
	{ value: 'contract', text: 'Préparer le contrat' },
];
const textOf = (choices: readonly { value: string; text: string }[], value: string | undefined): string =>
	choices.find((choice) => choice.value === value)?.text ?? 'à choisir';

export default defineOperationApp({
	id: 'orchestre-onboarding',
	name: 'Intégrer un client',
	icon: 'rocket_launch',
	description: 'Choisit le modèle d’un nouveau client, crée son plan, ou fait une des étapes qui l’accompagnent. Rien n’est fait deux fois.',
	overview: ({ action, branch }: { action?: string; branch?: string }) => [
		{ label: 'Action', text: action === 'branch' ? textOf(steps, branch) : textOf(actions, action) },
	],
	options: [
		{
			field: 'action',
			name: 'Action',
			type: 'string',
			meta: {
				width: 'half',
				required: true,
				interface: 'select-dropdown',
				note: 'Retirer une étape du flux, ou la placer après une condition, suffit à ne plus la faire.',
				options: { choices: actions },
			},
		},
		{
			field: 'branch',
			name: 'Étape',
			type: 'string',
			meta: {
				width: 'half',
				interface: 'select-dropdown',
				options: { choices: steps },
				conditions: [{ name: 'Autre action', rule: { action: { _neq: 'branch' } }, hidden: true }],
			},
		},
	],
});
