import type { KpiDefinition } from '../types.ts';
import { asText, inDomain, moments, stageParts } from './make.ts';

const kpi = inDomain('sales');

/** The first time that a deal enters a stage: who goes back and comes again is counted once. */
const entries = moments(
	() => `select c.at, o.owner, o.team, ${asText('c.to_stage')} as part, o.company, 1 as value, 1 as n
		from (select opportunity, to_stage, min(at) as at from stage_changes group by opportunity, to_stage) c
		join opportunities o on o.id = c.opportunity where not coalesce(o.archived, false)`,
);

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
		list: { collection: 'opportunities', filter: { stage_changes: { at: { _between: ['$FROM', '$TO'] } } } },
	}),
];
