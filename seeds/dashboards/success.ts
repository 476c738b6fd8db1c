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
				['mrr', 'trend'],
				['churn_clients', 'trend'],
				['nrr', 'trend'],
				['clients_en_danger', 'trend'],
				['satisfaction_client', 'trend'],
			],
		},
	],
	readers: ['direction'],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 9] },
	],
};
