import type { DashboardSeed } from './types.ts';

export const operations: DashboardSeed = {
	number: 7,
	name: '7. Opérations',
	icon: 'engineering',
	color: '#6B7A2F',
	note: 'Les projets : marge, charge, retards, et les tickets des clients.',
	cockpits: [
		{
			role: 'operations',
			name: 'Opérations',
			description: 'Les projets : marge, charge, retards, et les tickets des clients.',
			period: 'month',
			comparison: 'previous',
			scope: 'company',
			kpis: [
				['marge_projet', 'trend'],
				['charge', 'trend'],
				['taux_occupation', 'trend'],
				['projets_a_temps', 'trend'],
				['taches_en_retard', 'trend'],
				['jalons_en_retard', 'trend'],
				['tickets_ouverts', 'trend'],
				['tickets_hors_delai', 'trend'],
			],
		},
	],
	readers: ['direction'],
	panels: [
		{ key: 'bar', type: 'orchestre-bar', at: [1, 1, 72, 4] },
		{ key: 'kpis', type: 'orchestre-kpis', at: [1, 5, 72, 16] },
		{ key: 'load', type: 'orchestre-team', name: 'Charge engagée par personne', icon: 'balance', at: [1, 21, 36, 14], options: { kpi: 'charge' } },
		{ key: 'use', type: 'orchestre-team', name: 'Occupation par personne', icon: 'timelapse', at: [37, 21, 36, 14], options: { kpi: 'taux_occupation' } },
		{ key: 'actions', type: 'orchestre-actions', name: 'À faire aujourd’hui', icon: 'today', at: [1, 35, 36, 20], options: { limit: 5 } },
		{
			key: 'tickets',
			type: 'orchestre-team',
			name: 'Tickets ouverts par personne',
			icon: 'support',
			at: [37, 35, 36, 10],
			options: { kpi: 'tickets_ouverts' },
		},
		{ key: 'time', type: 'orchestre-team', name: 'Heures par personne', icon: 'schedule', at: [37, 45, 36, 10], options: { kpi: 'temps_passe' } },
	],
};
