import type { Facts, KpiDefinition, Scope } from '../types.ts';
import { byDay, from, inDomain } from './make.ts';
import { mrrSteps } from '../breakdowns/mrr-steps.ts';
import { readLifetimeValue, shareOfOpening } from '../breakdowns/recurring.ts';
import { lists } from './lists.ts';
import { mrrMovements } from './words.ts';

const kpi = inDomain('finance');
const scopes: readonly Scope[] = ['company', 'team', 'person', 'client'];
const touchedBy = ['subscriptions', 'subscription_changes'];
const parts = { name: 'mouvement', words: mrrMovements };

/**
 * Each step of a subscription, with what its client did that day, all subscriptions together: who gives up two on one day has left with both, who
 * changes one for another has gained or lost the difference. `day`: what the day changed, `paid`: what the client pays a month after it.
 */
const steps = `select m.*, case when m.paid - m.day <= 0 then 'new' when m.paid <= 0 then 'churn' when m.day >= 0 then 'expansion' else 'contraction' end as movement,
		case when m.place > 1 then 0 when m.paid > 0 and m.paid - m.day <= 0 then 1 when m.paid <= 0 and m.paid - m.day > 0 then -1 else 0 end as clients
	from (select x.*, sum(x.delta) over (partition by x.company order by x.changed_on) as paid, sum(x.delta) over (partition by x.company, x.changed_on) as day,
			row_number() over (partition by x.company, x.changed_on order by x.subscription, x.mrr) as place
		from (${mrrSteps}) x where x.delta <> 0) m`;

/** Movements of monthly recurring revenue, at the day from which they count, with whoever has the subscription and whoever looks after the client. */
const moved = byDay(
	() => `select m.changed_on as at, s.owner, s.team, o.owner as client_owner, o.team as client_team, m.movement, m.company, m.delta, m.clients,
		case when m.mrr > 0 and m.mrr = m.delta then 1 when m.mrr = 0 then -1 else 0 end as subscriptions, s.id as subscription, o.id as client
	from (${steps}) m left join subscriptions s on s.id = m.subscription left join companies o on o.id = m.company`,
);
/** Summed up from the beginning the movements are the revenue itself. */
export const mrrMoves = from(moved, { value: 'f.delta', n: 'f.subscriptions', part: 'f.movement', where: 'f.subscription is not null' });

/** Movements that count for whoever looks after the client. */
const byClient = (value: string): Facts => from(moved, { value, n: 'f.clients', part: 'f.movement', where: 'f.client is not null', whose: 'client_' });
const clientMoves = byClient('f.clients');
/** The revenue of clients by whoever looks after them, by movement. */
const clientMrr = byClient('f.delta');
/** What becomes of the clients that a period begins with: one rule for these figures and for the panel of movements (breakdowns/recurring.ts). */
const kept = { version: 2, aggregation: 'ratio' } as const;

export const recurring: readonly KpiDefinition[] = [
	kpi({
		key: 'mrr',
		version: 3,
		name: 'MRR',
		name_en: 'MRR',
		description: 'Le revenu mensuel récurrent des abonnements.',
		formula:
			'Somme des montants mensuels hors taxes, en euros, des abonnements en cours à la fin de la période, d’après l’historique de leurs changements. Essais et abonnements suspendus ne rapportent rien. Par mouvement : ce que chaque client a fait chaque jour, tous ses abonnements ensemble.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'last',
		scopes,
		touchedBy,
		parts,
		formulaOf: { numerator: [{ facts: mrrMoves, over: 'end' }] },
		list: lists.subscriptions,
	}),
	kpi({
		key: 'arr',
		version: 3,
		name: 'ARR',
		name_en: 'ARR',
		description: 'Le revenu récurrent, ramené à l’année.',
		formula: 'MRR à la fin de la période × 12.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'last',
		touchedBy,
		factor: 12,
		parts,
		formulaOf: { numerator: [{ facts: mrrMoves, over: 'end' }] },
	}),
	kpi({
		key: 'clients_abonnes',
		version: 2,
		name: 'Clients abonnés',
		name_en: 'Subscribed clients',
		description: 'Combien de clients paient un abonnement.',
		formula: 'Nombre de clients dont le MRR, en euros, est positif à la fin de la période.',
		unit: 'count',
		direction: 'up',
		aggregation: 'last',
		touchedBy,
		formulaOf: { numerator: [{ facts: clientMoves, over: 'end' }] },
		list: lists.subscribers,
	}),
	kpi({
		key: 'revenu_par_client',
		version: 2,
		name: 'Revenu mensuel par client',
		name_en: 'Revenue per client',
		description: 'Ce qu’un client abonné rapporte par mois.',
		formula: 'MRR ÷ clients abonnés, à la fin de la période.',
		unit: 'eur',
		direction: 'up',
		touchedBy,
		formulaOf: { numerator: [{ facts: clientMrr, over: 'end' }], denominator: [{ facts: clientMoves, over: 'end' }] },
	}),
	kpi({
		key: 'churn_mrr',
		name: 'Churn (revenu)',
		name_en: 'Revenue churn',
		description: 'La part du revenu récurrent perdue avec les clients partis.',
		formula: 'MRR, au début de la période, des clients qui ne paient plus rien à sa fin ÷ MRR au début de la période. Une suspension compte comme une fin.',
		unit: 'percent',
		direction: 'down',
		decimals: 2,
		touchedBy,
		minCases: 3,
		...kept,
		formulaOf: { compute: shareOfOpening(({ churn }) => Math.abs(churn.cents)) },
	}),
	kpi({
		key: 'churn_clients',
		name: 'Churn (clients)',
		name_en: 'Client churn',
		description: 'La part des clients abonnés qui sont partis.',
		formula: 'Clients abonnés au début de la période qui ne paient plus rien à sa fin ÷ clients abonnés à son début. Une suspension compte comme une fin.',
		unit: 'percent',
		direction: 'down',
		decimals: 2,
		touchedBy,
		minCases: 3,
		...kept,
		formulaOf: { compute: shareOfOpening(({ churn }) => churn.clients, 'clientsBefore') },
	}),
	kpi({
		key: 'nrr',
		name: 'NRR',
		name_en: 'Net revenue retention',
		description: 'Ce que valent aujourd’hui les clients d’hier : hausses comprises, départs déduits.',
		formula: 'MRR, à la fin de la période, des clients déjà abonnés à son début ÷ MRR au début de la période. Qui arrive ou revient n’y compte pas.',
		unit: 'percent',
		direction: 'up',
		touchedBy,
		minCases: 3,
		...kept,
		formulaOf: { compute: shareOfOpening(({ opening, expansion, contraction, churn }) => opening + expansion.cents + contraction.cents + churn.cents) },
	}),
	kpi({
		key: 'grr',
		name: 'GRR',
		name_en: 'Gross revenue retention',
		description: 'La part du revenu récurrent qui n’est pas perdue, sans compter les hausses.',
		formula: '(MRR au début de la période − baisses et départs de ces clients, chacun compté tous abonnements ensemble) ÷ MRR au début de la période.',
		unit: 'percent',
		direction: 'up',
		touchedBy,
		minCases: 3,
		...kept,
		formulaOf: { compute: shareOfOpening(({ opening, contraction, churn }) => opening + contraction.cents + churn.cents) },
	}),
	kpi({
		key: 'ltv',
		name: 'Valeur vie client (LTV)',
		name_en: 'Client lifetime value',
		description: 'Ce qu’un client abonné rapporte en tout, tant qu’il reste.',
		formula:
			'Revenu récurrent annuel à la fin de la période ÷ clients partis dans les douze mois qui précèdent, soit le revenu par client ÷ le taux de départ. En chiffre d’affaires : les coûts n’en sont pas déduits.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'ratio',
		minCases: 3,
		formulaOf: { compute: readLifetimeValue },
	}),
];
