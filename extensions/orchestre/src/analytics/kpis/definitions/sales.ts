import { leadSources } from './words.ts';
import type { Facts, KpiDefinition } from '../types.ts';

/** Leads by the day they came in; what was thrown out as a duplicate stays a lead that came in. */
export const newLeads: Facts = {
	dated: 'moment',
	sql: () => `select date_created as at, owner, team, source as part, company, 1 as value, 1 as n from leads`,
};

/** Deals by the day they were signed: the last change into a won stage, of deals that are won. */
const wonDeals = (value: string): Facts => ({
	dated: 'moment',
	sql: () => `select o.closed_at as at, o.owner, o.team, o.kind as part, o.company, ${value} as value, 1 as n
		from opportunities o join stages s on s.id = o.stage where s.is_won and o.closed_at is not null`,
});
export const wonAmounts = wonDeals('coalesce(o.amount_cents, 0)');
export const wonCount = wonDeals('1');

const dealKinds = { name: 'type d’affaire', words: { new: 'Nouveau client', upsell: 'Vente additionnelle', renewal: 'Renouvellement' } };

export const sales: readonly KpiDefinition[] = [
	{
		key: 'nouveaux_leads',
		version: 1,
		name: 'Nouveaux leads',
		name_en: 'New leads',
		domain: 'marketing',
		description: 'Combien de demandes et de contacts arrivent.',
		formula: 'Nombre de leads créés pendant la période, doublons compris, par responsable actuel.',
		unit: 'count',
		direction: 'up',
		aggregation: 'sum',
		frequency: 'on_change',
		touchedBy: ['leads'],
		scopes: ['company', 'team', 'person'],
		periods: ['day', 'week', 'month', 'quarter', 'year'],
		parts: { name: 'source', words: leadSources },
		formulaOf: { numerator: [{ facts: newLeads }] },
		list: { collection: 'leads', filter: { date_created: { _between: ['$FROM', '$TO'] } } },
	},
	{
		key: 'ca_signe',
		version: 1,
		name: 'CA signé',
		name_en: 'Signed revenue',
		domain: 'sales',
		description: 'Ce que les affaires gagnées rapportent, hors taxes.',
		formula: 'Somme des montants hors taxes des affaires gagnées, à la date de signature.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'sum',
		frequency: 'on_change',
		touchedBy: ['opportunities'],
		scopes: ['company', 'team', 'person'],
		periods: ['day', 'week', 'month', 'quarter', 'year'],
		parts: dealKinds,
		formulaOf: { numerator: [{ facts: wonAmounts }] },
		list: { collection: 'opportunities', filter: { stage: { is_won: { _eq: true } }, closed_at: { _between: ['$FROM', '$TO'] } } },
	},
	{
		key: 'panier_moyen',
		version: 1,
		name: 'Panier moyen',
		name_en: 'Average deal',
		domain: 'sales',
		description: 'Le montant moyen d’une affaire gagnée.',
		formula: 'Montant hors taxes des affaires gagnées ÷ nombre d’affaires gagnées.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'ratio',
		frequency: 'on_change',
		touchedBy: ['opportunities'],
		scopes: ['company', 'team', 'person'],
		parts: dealKinds,
		formulaOf: { numerator: [{ facts: wonAmounts }], denominator: [{ facts: wonCount }] },
		list: { collection: 'opportunities', filter: { stage: { is_won: { _eq: true } }, closed_at: { _between: ['$FROM', '$TO'] } } },
	},
];
