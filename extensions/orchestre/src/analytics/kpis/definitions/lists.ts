import type { Json } from '../../../platform/directus.ts';
import { moved, paying } from '../../panels/parts/paying.ts';
import type { KpiList } from '../types.ts';

/**
 * Conditions of the rows behind figures, each as the figure's own statement has them; tokens are filled by panels/rules/list-filter.ts. Of lists of other
 * rows all conditions are about the same row (Directus joins a path once); `_some` with more than one condition would be overlooked.
 */
const inPeriod = (field: string): Json => ({ [field]: { _between: ['$FROM', '$TO'] } });
const inEuros: Json = { currency: { _eq: 'EUR' } };
/** Rows that nobody has put away. */
export const notArchived: Json = { _or: [{ archived: { _eq: false } }, { archived: { _null: true } }] };
const list = (collection: string, filter: readonly Json[], more: Omit<KpiList, 'collection' | 'filter'> = {}): KpiList => ({
	collection,
	filter: { _and: [...filter] },
	...more,
});

const running = { _and: paying } as Json;
/** Invoices to clients that are not paid in full, as they stand. */
const unpaid: readonly Json[] = [
	{ direction: { _eq: 'sale' } },
	{ type: { _neq: 'credit_note' } },
	{ status: { _nin: ['draft', 'cancelled_by_credit_note'] } },
	inEuros,
	{ remaining_cents: { _gt: 0 } },
];
const settled: Json = { status: { _in: ['received', 'refunded'] } };
const paid = (direction: 'in' | 'out'): KpiList => list('payments', [{ direction: { _eq: direction } }, settled, inEuros, inPeriod('paid_on')]);
const closedDeals = inPeriod('closed_at');
const won: readonly Json[] = [{ stage: { is_won: { _eq: true } } }, closedDeals];
/** Whose a milestone is: its own keeper's, else the project manager's, else whoever looks after the account. */
const keeperOf: Json = {
	_or: [
		{ owner: { _eq: '$KEY' } },
		{ _and: [{ owner: { _null: true } }, { project: { manager: { _eq: '$KEY' } } }] },
		{ _and: [{ owner: { _null: true } }, { project: { manager: { _null: true } } }, { project: { owner: { _eq: '$KEY' } } }] },
	],
};
const forecasts = list('forecasts', [{ kind: { _eq: 'total' } }, { scope: { _eq: 'company' } }, { actual_cents: { _nnull: true } }, { horizon_days: { _between: [1, 31] } }, inPeriod('period_end')], {
	title: 'Prévisions figées le mois d’avant',
}); // prettier-ignore

/** Words that say software, in the label of a line without an account. */
export const softwareWords: readonly string[] = ['logiciel', 'licence', 'saas', 'abonnement'];
const softwareLine: Json = {
	_or: [
		{ account: { _starts_with: '651' } },
		{ _and: [{ account: { _empty: true } }, { _or: softwareWords.map((word) => ({ label: { _icontains: word } })) }] },
	],
};

export const lists = {
	wonDeals: list('opportunities', won),
	averageDeal: list('opportunities', won, { title: 'Affaires gagnées' }),
	closedDeals: list('opportunities', [closedDeals], { title: 'Affaires gagnées ou perdues' }),
	lostDeals: list('opportunities', [{ stage: { is_lost: { _eq: true } } }, closedDeals]),
	quotesSent: list('quotes', [{ status: { _nin: ['draft', 'replaced'] } }, inEuros, inPeriod('sent_at')]),
	exchanges: list('interactions', [{ direction: { _eq: 'outbound' } }, inPeriod('at')]),
	meetings: list('interactions', [{ kind: { _in: ['meeting', 'visit'] } }, inPeriod('at')]),
	openDeals: list('opportunities', [{ closed_at: { _null: true } }, notArchived], { now: true }),
	dealsAtStake: list('opportunities', [{ closed_at: { _null: true } }, notArchived, { health: { _in: ['watch', 'bad'] } }], { now: true }),
	enteredDeals: list('opportunities', [notArchived, { stage_changes: inPeriod('at') }], { title: 'Affaires entrées dans une étape' }),
	newLeads: list('leads', [inPeriod('date_created')]),
	decidedLeads: list('leads', [{ _or: [{ lost_reason: { _null: true } }, { lost_reason: { _neq: 'duplicate' } }] }, { status_changes: { _and: [{ to_status: { _in: ['converted', 'lost'] } }, inPeriod('at')] } }], {
		title: 'Leads convertis ou perdus',
	}),
	campaignLeads: list('leads', [{ campaign: { _nnull: true } }, inPeriod('date_created')]),
	campaigns: list('campaigns', [{ status: { _neq: 'draft' } }, { starts_on: { _between: ['$DAY-730', '$DAY'] } }], { title: 'Campagnes des deux dernières années' }),
	newClients: list('companies', [{ is_client: { _eq: true } }, inPeriod('client_since')]),
	subscribers: list('companies', [{ subscriptions: running }], { now: true }),
	clients: list('companies', [{ is_client: { _eq: true } }], { title: 'Entreprises clientes' }),
	redClients: list('companies', [{ health_band: { _eq: 'red' } }], { now: true }),
	leavingClients: list('companies', [{ churn_risk: { _gte: '$RISK' } }, { subscriptions: running }], { title: 'Clients à l’indice de départ élevé', now: true }),
	subscriptions: list('subscriptions', [running], { now: true }),
	subscriptionChanges: list('subscription_changes', [{ subscription: inEuros }, inPeriod('changed_on')], {
		title: 'Évolutions des abonnements',
		whose: { team: { company: { team: { _eq: '$KEY' } } } },
	}),
	salesInvoices: list('invoices', [{ direction: { _eq: 'sale' } }, { status: { _neq: 'draft' } }, inEuros, inPeriod('issue_date')]),
	overdueInvoices: list('invoices', [...unpaid, { due_date: { _lt: '$DAY' } }], { now: true }),
	softwareInvoices: list('invoices', [{ direction: { _eq: 'purchase' } }, { status: { _neq: 'draft' } }, inEuros, inPeriod('issue_date'), { lines: softwareLine }], { title: 'Factures de logiciels, hors notes de frais' }),
	unpaidInvoices: list('invoices', [...unpaid, { issue_date: { _lte: '$DAY' } }], { now: true }),
	paymentsIn: paid('in'),
	paymentsOut: paid('out'),
	payments: list('payments', [...(moved as Json[]), inPeriod('paid_on')]),
	hours: list('time_tracking', [{ status: { _neq: 'rejected' } }, inPeriod('worked_on')]),
	assignments: list('resources', [{ status: { _neq: 'cancelled' } }, { starts_on: { _lte: '$DAY' } }, { _or: [{ ends_on: { _null: true } }, { ends_on: { _gte: '$DAY' } }] }]),
	doneProjects: list('projects', [{ status: { _neq: 'cancelled' } }, { ends_on: { _nnull: true } }, inPeriod('done_on')], { title: 'Projets terminés' }),
	doneTasks: list('tasks', [{ status: { _eq: 'done' } }, inPeriod('done_at')]),
	lateTasks: list('tasks', [{ status: { _neq: 'cancelled' } }, { done_at: { _null: true } }, { due_at: { _lt: '$NOW' } }], { now: true }),
	automaticTasks: list('tasks', [{ origin: { _neq: 'manual' } }, inPeriod('date_created')], { title: 'Tâches créées par Orchestre' }),
	lateMilestones: list('milestones', [{ status: { _neq: 'cancelled' } }, { done_on: { _null: true } }, { due_on: { _lt: '$DAY' } }, { project: { status: { _nin: ['cancelled', 'planned'] } } }], {
		now: true,
		whose: { team: { project: { team: { _eq: '$KEY' } } }, person: keeperOf },
	}),
	tickets: list('tickets', [inPeriod('date_created')]),
	openTickets: list('tickets', [{ resolved_at: { _null: true } }, { closed_at: { _null: true } }], { now: true }),
	reports: list('reports', [inPeriod('generated_at')]),
	forecasts,
} satisfies Record<string, KpiList>; // prettier-ignore
