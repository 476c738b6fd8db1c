import type { DashboardSeed } from './types.ts';

export const success: DashboardSeed = {
	number: 5,
	name: '5. Succès client',
	icon: 'support_agent',
	color: '#E08A00',
	note: 'Les clients : revenu récurrent, risque de départ, satisfaction.',
	cockpits: [
		{
			role: 'success',
			name: 'Succès client',
			description: 'Les clients : revenu récurrent, risque de départ, satisfaction.',
			period: 'month',
			comparison: 'previous',
			scope: 'company',
			kpis: [
				['nrr', 'gauge'],
				['churn_mrr', 'trend'],
				['clients_en_danger', 'trend'],
				['ltv', 'trend'],
				['nps', 'gauge'],
				['tickets_ouverts', 'trend'],
				['delai_premiere_reponse', 'trend'],
				['tickets_hors_delai', 'trend'],
			],
		},
	],
	readers: ['direction'],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 16] },
		{ key: 'churn', type: 'orchestre-churn-risk', name: 'Risque de départ', icon: 'logout', at: [1, 21, 72, 18] },
		{ key: 'recurring', type: 'orchestre-recurring', name: 'Revenu récurrent', icon: 'autorenew', at: [1, 39, 36, 28] },
		{ key: 'retention', type: 'orchestre-retention', name: 'Cohortes', icon: 'grid_on', at: [37, 39, 36, 28] },
	],
};
