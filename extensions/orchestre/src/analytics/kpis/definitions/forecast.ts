import type { Facts, KpiDefinition } from '../types.ts';
import { days, inDomain } from './make.ts';

const kpi = inDomain('quality');

/** Months that are over, by their last day, as the forecasts frozen in the month before saw them. */
const settled = (value: string): Facts =>
	days(
		() => `select period_end as at, null as owner, null as team, null as part, null as company, ${value} as value, 1 as n
		from forecasts where kind = 'total' and scope = 'company' and actual_cents is not null and horizon_days between 1 and 31`,
	);
const actual = settled('abs(actual_cents)');
const hit = settled('abs(actual_cents) - abs(p50_cents - actual_cents)');
const within = settled('case when actual_cents between p10_cents and p90_cents then 1 else 0 end');
const all = settled('1');

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
		list: { collection: 'forecasts' },
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
		list: { collection: 'forecasts' },
	}),
];
