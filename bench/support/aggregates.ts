import { query } from '../app/requests.ts';

type Filter = Record<string, unknown>;
type Sums = { collection: string; sum?: string; group?: string; filter: Filter };

/** Twelve months back, from the first. */
const since = `${new Date().getFullYear() - 1}-${String(new Date().getMonth() + 1).padStart(2, '0')}-01`;
const thisMonth = `${new Date().getFullYear()}-${String(new Date().getMonth() + 1).padStart(2, '0')}-01`;

const path = ({ collection, sum, group, filter }: Sums): string =>
	`/items/${collection}?${query({ 'aggregate[count]': '*', ...(sum && { 'aggregate[sum]': sum }), ...(group && { groupBy: group }), limit: -1, filter })}`;
const monthly = (collection: string, date: string, sum: string | undefined, filter: Filter): Sums => ({
	collection,
	...(sum && { sum }),
	group: `year(${date}),month(${date})`,
	filter: { ...filter, [date]: { _gte: since } },
});

const won = { stage: { is_won: { _eq: true } } };
const open = { closed_at: { _null: true } };
const sale = { direction: { _eq: 'sale' } };

const closedDeals = monthly('opportunities', 'closed_at', 'amount_cents', {});
const wonDeals = monthly('opportunities', 'closed_at', 'amount_cents', won);

/** A KPI's months as Directus's own aggregates put them together. What they cannot say (medians, shares of what was then, margins) is left out. */
const ofKpi: Readonly<Record<string, readonly Sums[]>> = {
	ca_signe: [wonDeals],
	affaires_gagnees: [wonDeals],
	panier_moyen: [wonDeals],
	taux_transformation: [wonDeals, closedDeals],
	pipeline_ouvert: [{ collection: 'opportunities', sum: 'amount_cents', filter: open }],
	nouveaux_leads: [monthly('leads', 'date_created', undefined, {})],
	taux_conversion: [monthly('leads', 'date_created', undefined, {}), monthly('leads', 'converted_at', undefined, {})],
	ca_facture: [monthly('invoices', 'issue_date', 'net_cents', sale)],
	encaissements: [monthly('payments', 'paid_on', 'amount_cents', { direction: { _eq: 'in' } })],
	creances_en_retard: [{ collection: 'invoices', sum: 'remaining_cents', filter: { ...sale, due_date: { _lt: new Date().toISOString() }, remaining_cents: { _gt: 0 } } }],
	mrr: [{ collection: 'subscriptions', sum: 'mrr_cents', filter: { status: { _in: ['active', 'cancelled'] } } }],
	taches_en_retard: [{ collection: 'tasks', filter: { done_at: { _null: true }, due_at: { _lt: new Date().toISOString() } } }],
	tickets_ouverts: [{ collection: 'tickets', filter: { resolved_at: { _null: true } } }],
}; // prettier-ignore

/** The same person by person (or team by team), of the running month. */
const byPerson: Readonly<Record<string, readonly Sums[]>> = {
	ca_signe: [{ collection: 'opportunities', sum: 'amount_cents', group: 'owner', filter: { ...won, closed_at: { _gte: thisMonth } } }],
	affaires_ouvertes: [{ collection: 'opportunities', group: 'owner', filter: open }],
	taux_transformation: [
		{ collection: 'opportunities', group: 'owner', filter: { ...won, closed_at: { _gte: thisMonth } } },
		{ collection: 'opportunities', group: 'owner', filter: { closed_at: { _gte: thisMonth } } },
	],
	activites_commerciales: [{ collection: 'interactions', group: 'owner', filter: { direction: { _eq: 'outbound' }, at: { _gte: thisMonth } } }],
	temps_passe: [{ collection: 'time_tracking', sum: 'minutes', group: 'person', filter: { worked_on: { _gte: thisMonth } } }],
	tickets_ouverts: [{ collection: 'tickets', group: 'owner', filter: { resolved_at: { _null: true } } }],
};

const ofPanel: Readonly<Record<string, readonly Sums[]>> = {
	'pipeline-health': [{ collection: 'opportunities', sum: 'at_risk_cents', group: 'health', filter: open }],
	funnel: [{ collection: 'stage_changes', group: 'to_stage', filter: { at: { _gte: thisMonth } } }, { collection: 'leads', filter: { date_created: { _gte: thisMonth } } }],
	receivables: [{ collection: 'invoices', sum: 'remaining_cents', group: 'year(due_date),month(due_date)', filter: { ...sale, remaining_cents: { _gt: 0 } } }],
	cash: [monthly('payments', 'paid_on', 'amount_cents', { direction: { _eq: 'in' } }), monthly('payments', 'paid_on', 'amount_cents', { direction: { _eq: 'out' } })],
	recurring: [{ collection: 'subscription_changes', sum: 'mrr_after_cents', group: 'year(changed_on),month(changed_on),kind', filter: { changed_on: { _gte: since } } }],
	churn: [{ collection: 'companies', group: 'health_band', filter: { is_client: { _eq: true } } }],
}; // prettier-ignore

/**
 * What Directus's own aggregates are asked for a panel's figures, as far as they can say them: sums and counts, without the comparison, the target
 * and the period so far that the panel shows beside them. `kpis`: what the cockpit shows. Empty for what no aggregate says (forecasts, cohorts).
 */
export function aggregatesOf(panel: string, kpis: readonly string[], options: Readonly<Record<string, unknown>>): string[] {
	const sums = panel === 'kpis' ? kpis.flatMap((key) => ofKpi[key] ?? []) : panel === 'team' ? byPerson[String(options['kpi'])] : ofPanel[panel];
	const group = options['by'] === 'team' ? 'team' : undefined;
	return [...new Set((sums ?? []).map((one) => path(one.group === 'owner' && group ? { ...one, group } : one)))];
}
