import type { KpiDefinition } from '../types.ts';
import { inDomain, stageParts } from './make.ts';
import { lists } from './lists.ts';
import { entries } from './pipeline.ts';

const kpi = inDomain('sales');

/** How many deals reach each stage; what share goes on and how long it takes is in pipeline.ts. */
export const funnel: readonly KpiDefinition[] = [
	kpi({
		key: 'entrees_etape',
		name: 'Entrées par étape',
		name_en: 'Entries by stage',
		description: 'Combien d’affaires atteignent chaque étape du pipeline.',
		formula: 'Nombre d’affaires entrées pour la première fois dans une étape pendant la période, toutes étapes comptées.',
		unit: 'count',
		direction: 'up',
		touchedBy: ['opportunities', 'stages'],
		periods: ['week', 'month', 'quarter', 'year'],
		parts: stageParts,
		formulaOf: { numerator: [{ facts: entries }] },
		list: lists.enteredDeals,
	}),
];
