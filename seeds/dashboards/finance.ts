import type { DashboardSeed } from './types.ts';

export const finance: DashboardSeed = {
	number: 4,
	name: '4. Finance',
	icon: 'account_balance',
	color: '#0E9AA7',
	note: 'Du chiffre d’affaires à l’encaissement.',
	cockpits: [
		{
			role: 'finance',
			name: 'Finance',
			description: 'Du chiffre d’affaires à l’encaissement.',
			period: 'month',
			comparison: 'previous_year',
			scope: 'company',
			kpis: [
				['ca_facture', 'trend'],
				['mrr', 'trend'],
				['dso', 'trend'],
				['creances_en_retard', 'trend'],
				['encaissements', 'trend'],
				['tresorerie_nette', 'trend'],
			],
		},
	],
	readers: ['direction'],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 9] },
	],
};
