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
				['encaissements', 'trend'],
				['dso', 'gauge'],
				['creances_en_retard', 'trend'],
				['mrr', 'trend'],
				['taux_paye_en_retard', 'trend'],
			],
		},
	],
	readers: ['direction'],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 9] },
		{ key: 'receivables', type: 'orchestre-receivables', name: 'Créances clients', icon: 'receipt_long', at: [1, 14, 36, 33] },
		{ key: 'cash', type: 'orchestre-cash', name: 'Encaissements et décaissements', icon: 'payments', at: [37, 14, 36, 27] },
		{ key: 'recurring', type: 'orchestre-recurring', name: 'Revenu récurrent', icon: 'autorenew', at: [1, 47, 36, 25] },
		{ key: 'campaigns', type: 'orchestre-campaigns', name: 'Rendement des campagnes', icon: 'campaign', at: [37, 41, 36, 31], options: { limit: 6 } },
	],
};
