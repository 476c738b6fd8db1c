import type { Facts, KpiDefinition, Scope } from '../types.ts';
import { days, inDomain, moments } from './make.ts';
import { newClients } from './sales.ts';
import { lists } from './lists.ts';
import { channels } from './words.ts';

const kpi = inDomain('marketing');
const scopes: readonly Scope[] = ['company'];
const parts = { name: 'canal', words: channels };
const year = { days: 365 };

/** What campaigns cost, on the day that each began: nobody notes what is spent day by day. */
export const campaignCosts: Facts = days(
	() => `select starts_on as at, owner, team, channel as part, null as company, coalesce(cost_cents, 0) as value, 1 as n
	from campaigns where status <> 'draft' and starts_on is not null`,
);
const campaignLeads = moments(
	() => `select l.date_created as at, l.owner, l.team, c.channel as part, l.company, 1 as value, 1 as n from leads l join campaigns c on c.id = l.campaign`,
);
/** Deals won that go back to a campaign, of their own or of their lead. */
const campaignRevenue = moments(
	() => `select o.closed_at as at, o.owner, o.team, c.channel as part, o.company, coalesce(o.amount_cents, 0) as value, 1 as n
	from opportunities o join stages s on s.id = o.stage left join leads l on l.id = o.lead join campaigns c on c.id = coalesce(o.campaign, l.campaign)
	where s.is_won and o.closed_at is not null`,
);

export const marketing: readonly KpiDefinition[] = [
	kpi({
		key: 'leads_campagnes',
		name: 'Leads de campagnes',
		name_en: 'Campaign leads',
		description: 'Combien de leads les campagnes apportent.',
		formula: 'Nombre de leads créés pendant la période et rattachés à une campagne, par canal.',
		unit: 'count',
		direction: 'up',
		scopes: ['company', 'team'],
		parts,
		formulaOf: { numerator: [{ facts: campaignLeads }] },
		list: lists.campaignLeads,
	}),
	kpi({
		key: 'cout_par_lead',
		name: 'Coût par lead',
		name_en: 'Cost per lead',
		description: 'Ce que coûte un lead de campagne.',
		formula: 'Coût des campagnes commencées dans les 365 jours jusqu’à la fin de la période ÷ leads de campagnes de ces 365 jours.',
		unit: 'eur',
		direction: 'down',
		scopes,
		minCases: 5,
		parts,
		formulaOf: { numerator: [{ facts: campaignCosts, over: year }], denominator: [{ facts: campaignLeads, over: year }] },
	}),
	kpi({
		key: 'cac',
		name: 'CAC',
		name_en: 'Customer acquisition cost',
		description: 'Ce que coûte l’acquisition d’un nouveau client en campagnes ; les salaires n’y sont pas.',
		formula: 'Coût des campagnes commencées dans les 365 jours jusqu’à la fin de la période ÷ nouveaux clients signés dans ces 365 jours.',
		unit: 'eur',
		direction: 'down',
		scopes,
		minCases: 3,
		formulaOf: { numerator: [{ facts: campaignCosts, over: year }], denominator: [{ facts: newClients, over: year }] },
	}),
	kpi({
		key: 'ca_campagnes',
		name: 'CA des campagnes',
		name_en: 'Campaign revenue',
		description: 'Ce que les campagnes ont fait signer.',
		formula: 'Montant hors taxes des affaires gagnées pendant la période dont la campagne, ou celle de leur lead, est connue.',
		unit: 'eur',
		direction: 'up',
		scopes,
		parts,
		formulaOf: { numerator: [{ facts: campaignRevenue }] },
	}),
];
