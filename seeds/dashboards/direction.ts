import type { DashboardSeed } from './types.ts';

export const direction: DashboardSeed = {
	number: 3,
	name: '3. Direction',
	icon: 'insights',
	color: '#1E9E5A',
	note: 'Où va l’entreprise : chiffres clés, prévision, pipeline, équipes.',
	cockpits: [
		{
			role: 'direction',
			name: 'Direction',
			description: 'Les indicateurs que la Direction suit, comparés à la même période de l’an passé.',
			period: 'quarter',
			comparison: 'previous_year',
			scope: 'company',
			kpis: [
				['ca_signe', 'gauge'],
				['ca_facture', 'trend'],
				['mrr', 'trend'],
				['taux_conversion', 'trend'],
				['churn_clients', 'trend'],
				['dso', 'trend'],
				['pipeline_ouvert', 'figure'],
				['taux_automatisation', 'gauge'],
			],
		},
	],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 16] },
		{ key: 'forecast', type: 'orchestre-forecast-chart', name: 'Prévision de l’entreprise', icon: 'query_stats', at: [1, 21, 42, 24] },
		{ key: 'health', type: 'orchestre-pipeline-health', name: 'Santé du pipeline', icon: 'monitor_heart', at: [43, 21, 30, 24] },
		{ key: 'funnel', type: 'orchestre-funnel', name: 'Entonnoir', icon: 'filter_alt', at: [1, 45, 36, 24] },
		{ key: 'team', type: 'orchestre-team', name: 'CA signé par équipe', icon: 'leaderboard', at: [37, 45, 36, 10], options: { kpi: 'ca_signe', by: 'team' } },
		{ key: 'people', type: 'orchestre-team', name: 'CA signé par personne', icon: 'groups', at: [37, 55, 36, 14], options: { kpi: 'ca_signe' } },
	],
};
