import { chunks, type Knex } from '../../platform/directus.ts';
import { leadSubject, type LeadHistory } from '../rules/leads.ts';
import { leadHistoryOf, scoreOf, type FactOfRule } from './lead-rows.ts';
import { contactColumns, groupedBy, momentOf, type Row } from './rows.ts';

const partSize = 2000;

export async function readFactOfRule(knex: Knex): Promise<FactOfRule> {
	const rules = (await knex('scoring_rules').select('id', 'field')) as { id: string; field: string }[];
	return new Map(rules.map(({ id, field }) => [id, field]));
}

type Exchanges = { contacts: Map<string, Row[]>; tasks: Map<string, Row[]> };

/** Interactions and done tasks of these leads or deals, by what they belong to. */
export async function readExchanges(knex: Knex, belongsTo: 'lead' | 'opportunity', ids: readonly string[]): Promise<Exchanges> {
	const contacts = (await knex('interactions').whereIn(belongsTo, ids).select(belongsTo, ...contactColumns)) as Row[];
	const tasks = (await knex('tasks').whereIn(belongsTo, ids).whereNotNull('done_at').select(belongsTo, 'done_at')) as Row[];
	return { contacts: groupedBy(contacts, (row) => row[belongsTo]), tasks: groupedBy(tasks, (row) => row[belongsTo]) };
}

/** The score that held at the cut-off: the one that is learnt from, and the only one worth parsing. */
function scoreThen(history: LeadHistory, scores: readonly Row[], factOfRule: FactOfRule): LeadHistory {
	const [at] = leadSubject.cutOffs(history);
	const held = at === undefined ? undefined : scores.findLast((row) => momentOf(row['at']) <= at);
	return { ...history, scores: held ? [scoreOf(held, momentOf(held['at']), factOfRule)] : [] };
}

async function readPart(knex: Knex, leads: readonly Row[], factOfRule: FactOfRule): Promise<LeadHistory[]> {
	const ids = leads.map(({ id }) => String(id));
	const changes = groupedBy((await knex('lead_status_changes').whereIn('lead', ids).orderBy('at').select('lead', 'from_status', 'to_status', 'at')) as Row[], ({ lead }) => lead);
	const columns = ['lead', 'at', 'points', 'fit_points', 'engagement_points', 'grade', 'reasons'];
	const scores = groupedBy((await knex('lead_scores').whereIn('lead', ids).orderBy('at').select(columns)) as Row[], ({ lead }) => lead);
	const { contacts, tasks } = await readExchanges(knex, 'lead', ids);
	return leads.map((lead) => {
		const id = String(lead['id']);
		const parts = { lead, scores: [], changes: changes.get(id) ?? [], contacts: contacts.get(id) ?? [], tasks: tasks.get(id) ?? [] };
		return scoreThen(leadHistoryOf(parts, factOfRule), scores.get(id) ?? [], factOfRule);
	});
}

/**
 * Leads created since `from` (ms) with what is dated about them, the newest `most`. Leads that were closed as duplicates are left out:
 * they say nothing about what converts.
 */
export async function readLeadHistories(knex: Knex, { from, most }: { from: number; most: number }): Promise<LeadHistory[]> {
	const leads = (await knex('leads')
		.where('date_created', '>=', new Date(from))
		.where((query) => void query.whereNull('lost_reason').orWhereNot('lost_reason', 'duplicate'))
		.orderBy('date_created', 'desc')
		.limit(most)
		.select('id', 'status', 'date_created', 'converted_at', 'closed_at')) as Row[];
	const factOfRule = await readFactOfRule(knex);
	const histories: LeadHistory[] = [];
	for (const part of chunks(leads, partSize)) histories.push(...(await readPart(knex, part, factOfRule)));
	return histories;
}

/** Rows of open leads as they are now, with their score and exchanges: what a prediction of today looks at. */
export async function leadsNow(knex: Knex, leads: readonly Row[], factOfRule: FactOfRule): Promise<LeadHistory[]> {
	const { contacts, tasks } = await readExchanges(
		knex,
		'lead',
		leads.map(({ id }) => String(id)),
	);
	return leads.map((lead) => {
		const id = String(lead['id']);
		const created = momentOf(lead['date_created']);
		const history = leadHistoryOf({ lead, scores: [], changes: [], contacts: contacts.get(id) ?? [], tasks: tasks.get(id) ?? [] }, factOfRule);
		const since = lead['status_since'] === null ? created : momentOf(lead['status_since']);
		return {
			...history,
			statuses: [{ at: since, to: lead['status'] as LeadHistory['statuses'][number]['to'] }],
			scores: lead['grade'] === null ? [] : [scoreOf(lead, created, factOfRule)],
		};
	});
}
