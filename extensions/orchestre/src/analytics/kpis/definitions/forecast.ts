import type { KpiDefinition } from '../types.ts';
import { lists } from './lists.ts';
import { byDay, from, inDomain } from './make.ts';

const kpi = inDomain('quality');

/** Months that are over, by their last day, as the forecasts frozen in the month before saw them. */
const settled = byDay(
	() => `select period_end as at, null as owner, null as team, null as company, actual_cents as actual, p10_cents as low, p50_cents as told, p90_cents as high
		from forecasts where kind = 'total' and scope = 'company' and actual_cents is not null and horizon_days between 1 and 31`,
);
const actual = from(settled, { value: 'abs(f.actual)' });
const hit = from(settled, { value: 'abs(f.actual) - abs(f.told - f.actual)' });
const within = from(settled, { value: 'case when f.actual between f.low and f.high then 1 else 0 end' });
const all = from(settled);

export const forecast: readonly KpiDefinition[] = [
	kpi({
		key: 'precision_prevision',
		name: 'Précision du forecast',
		name_en: 'Forecast accuracy',
		description: 'À quel point les prévisions d’un mois à l’autre tombent juste.',
		formula: '1 − écart absolu entre la prévision médiane et le réalisé ÷ réalisé, sur les prévisions figées dans le mois qui précède.',
		unit: 'percent',
		direction: 'up',
		scopes: ['company'],
		formulaOf: { numerator: [{ facts: hit }], denominator: [{ facts: actual }] },
		list: lists.forecasts,
	}),
	kpi({
		key: 'couverture_prevision',
		name: 'Réalisé dans la fourchette',
		name_en: 'Forecast coverage',
		description: 'Combien de fois le réalisé tombe dans la fourchette annoncée ; 80 % est juste, ni plus ni moins.',
		formula: 'Prévisions dont le réalisé est entre P10 et P90 ÷ prévisions figées dans le mois qui précède.',
		unit: 'percent',
		direction: 'band',
		scopes: ['company'],
		minCases: 4,
		formulaOf: { numerator: [{ facts: within }], denominator: [{ facts: all }] },
		list: lists.forecasts,
	}),
];
