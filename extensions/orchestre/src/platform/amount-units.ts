import type { AmountUnit } from './amount.ts';

const choices: { text: string; value: AmountUnit }[] = [
	{ text: '€ (centimes)', value: 'eur' },
	{ text: 'k€ (milliers d’euros)', value: 'keur' },
	{ text: '% (points de base)', value: 'percent' },
	{ text: 'Quantité (millièmes)', value: 'quantity' },
];

/** The option `unit` of the amount interface and display, as Directus's field settings show it. */
export const unitOption = {
	field: 'unit',
	type: 'string',
	name: 'Unité',
	meta: { width: 'half', interface: 'select-dropdown', options: { choices } },
	schema: { default_value: 'eur' },
} as const;
