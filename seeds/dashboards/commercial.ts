import type { DashboardSeed } from './types.ts';

export const commercial: DashboardSeed = {
	number: 1,
	name: '1. Mon cockpit',
	icon: 'speed',
	color: '#2F6FED',
	note: 'Mes chiffres, mes actions du jour, mes affaires.',
	cockpits: [
		{
			role: 'commercial',
			name: 'Mon cockpit',
			description: 'Ce que chaque commercial voit de ses propres chiffres.',
			period: 'month',
			comparison: 'previous',
			scope: 'person',
			kpis: [
				['ca_signe', 'gauge'],
				['affaires_gagnees', 'trend'],
				['taux_transformation', 'trend'],
				['panier_moyen', 'trend'],
				['rendez_vous', 'trend'],
				['pipeline_ouvert', 'figure'],
			],
		},
		{
			role: 'manager',
			name: 'Mon cockpit',
			description: 'Ce qu’un manager voit de ses propres chiffres.',
			period: 'month',
			comparison: 'previous',
			scope: 'person',
			kpis: [
				['ca_signe', 'gauge'],
				['affaires_gagnees', 'trend'],
				['taux_transformation', 'trend'],
				['panier_moyen', 'trend'],
			],
		},
	],
	readers: ['direction'],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 10] },
		{ key: 'actions', type: 'orchestre-actions', name: 'À faire aujourd’hui', icon: 'today', at: [1, 15, 40, 23], options: { limit: 6 } },
		{ key: 'health', type: 'orchestre-pipeline-health', name: 'Mes affaires en cours', icon: 'monitor_heart', at: [41, 15, 32, 23] },
		{ key: 'funnel', type: 'orchestre-funnel', name: 'Mon entonnoir', icon: 'filter_alt', at: [1, 38, 36, 21] },
		{ key: 'forecast', type: 'orchestre-forecast-chart', name: 'Ma prévision', icon: 'query_stats', at: [37, 38, 36, 21] },
	],
};
