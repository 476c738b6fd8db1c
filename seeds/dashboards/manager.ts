import type { DashboardSeed } from './types.ts';

export const manager: DashboardSeed = {
	number: 2,
	name: '2. Équipe',
	icon: 'groups',
	color: '#8A5CF5',
	note: 'Les chiffres de l’équipe, sa charge, ses affaires et ce qui les retient.',
	cockpits: [
		{
			role: 'manager',
			name: 'Équipe',
			description: 'Ce qu’un manager voit de son équipe.',
			period: 'month',
			comparison: 'previous',
			scope: 'team',
			kpis: [
				['ca_signe', 'gauge'],
				['pipeline_ouvert', 'figure'],
				['taux_transformation', 'trend'],
				['cycle_vente', 'trend'],
				['panier_moyen', 'trend'],
				['nouveaux_leads', 'trend'],
			],
		},
		{
			role: 'direction',
			name: 'Équipes',
			description: 'Ce que la Direction voit des équipes, ensemble ou une à une.',
			period: 'month',
			comparison: 'previous',
			scope: 'company',
			kpis: [
				['ca_signe', 'gauge'],
				['pipeline_ouvert', 'figure'],
				['taux_transformation', 'trend'],
				['cycle_vente', 'trend'],
				['panier_moyen', 'trend'],
				['nouveaux_leads', 'trend'],
			],
		},
	],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 10] },
		{ key: 'team', type: 'orchestre-team', name: 'Résultats par personne', icon: 'leaderboard', at: [1, 15, 36, 23], options: { kpi: 'ca_signe' } },
		{ key: 'health', type: 'orchestre-pipeline-health', name: 'Affaires en cours', icon: 'monitor_heart', at: [37, 15, 36, 23] },
		{ key: 'funnel', type: 'orchestre-funnel', name: 'Entonnoir', icon: 'filter_alt', at: [1, 38, 36, 21] },
		{ key: 'forecast', type: 'orchestre-forecast-chart', name: 'Prévision', icon: 'query_stats', at: [37, 38, 36, 21] },
		{ key: 'load', type: 'orchestre-team', name: 'Charge : affaires en cours', icon: 'balance', at: [1, 59, 36, 16], options: { kpi: 'affaires_ouvertes' } },
		{ key: 'activity', type: 'orchestre-team', name: 'Activité par personne', icon: 'call', at: [37, 59, 36, 16], options: { kpi: 'activites_commerciales' } },
	],
};
