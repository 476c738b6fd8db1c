import type { DashboardSeed } from './types.ts';

export const automation: DashboardSeed = {
	number: 6,
	name: '6. Automatisations et modèles',
	icon: 'smart_toy',
	color: '#8A8F98',
	note: 'Ce qui se fait tout seul, le temps gagné, et ce que valent les modèles.',
	cockpits: [
		{
			role: 'direction',
			name: 'Automatisations et modèles',
			description: 'Ce qui se fait tout seul, le temps gagné, et ce que valent les modèles.',
			period: 'month',
			comparison: 'previous',
			scope: 'company',
			kpis: [
				['taux_automatisation', 'gauge'],
				['minutes_gagnees', 'trend'],
				['taux_succes_automatisations', 'trend'],
				['precision_prevision', 'gauge'],
				['calibration_modeles', 'trend'],
			],
		},
	],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 9] },
		{ key: 'automation', type: 'orchestre-automation', name: 'Automatisation', icon: 'smart_toy', at: [1, 14, 34, 27] },
		{ key: 'models', type: 'orchestre-models', name: 'Qualité des modèles', icon: 'model_training', at: [35, 14, 38, 27] },
	],
};
