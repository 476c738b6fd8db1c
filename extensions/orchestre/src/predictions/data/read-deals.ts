import { chunks, type Knex } from '../../platform/directus.ts';
import type { DealHistory } from '../rules/deals.ts';
import { companyOutcomes, dealHistoryOf, entryOf, outcomesFor, stageKinds, type CompanyOutcomes, type StageKinds } from './deal-rows.ts';
import { readExchanges } from './read-leads.ts';
import { groupedBy, momentOf, msOf, type Row } from './rows.ts';

const partSize = 2000;

export const readStageKinds = async (knex: Knex): Promise<StageKinds> => stageKinds((await knex('stages').select('id', 'sort', 'is_won', 'is_lost')) as Row[]);

/** Closed deals of these companies, of all without. */
export async function readOutcomes(knex: Knex, stages: StageKinds, companies?: readonly string[]): Promise<CompanyOutcomes> {
	const query = knex('opportunities').whereNotNull('closed_at').select('id', 'company', 'stage', 'closed_at');
	return companyOutcomes((await (companies ? query.whereIn('company', companies) : query)) as Row[], stages);
}

async function readPart(knex: Knex, deals: readonly Row[], stages: StageKinds, outcomes: CompanyOutcomes): Promise<DealHistory[]> {
	const ids = deals.map(({ id }) => String(id));
	const columns = ['opportunity', 'at', 'to_stage', 'amount_cents', 'probability', 'close_date'];
	const changes = groupedBy((await knex('stage_changes').whereIn('opportunity', ids).orderBy('at').select(columns)) as Row[], (row) => row['opportunity']);
	const { contacts, tasks } = await readExchanges(knex, 'opportunity', ids);
	return deals.map((deal) => {
		const id = String(deal['id']);
		const parts = { deal, changes: changes.get(id) ?? [], contacts: contacts.get(id) ?? [], tasks: tasks.get(id) ?? [] };
		return dealHistoryOf({ ...parts, ...outcomesFor(outcomes, deal) }, stages);
	});
}

/** Deals created since `from` (ms) with what is dated about them, the newest `most`. */
export async function readDealHistories(knex: Knex, { from, most }: { from: number; most: number }): Promise<DealHistory[]> {
	const deals = (await knex('opportunities')
		.where('date_created', '>=', new Date(from))
		.orderBy('date_created', 'desc')
		.limit(most)
		.select('id', 'company', 'kind', 'source', 'lead', 'date_created')) as Row[];
	const stages = await readStageKinds(knex);
	const outcomes = await readOutcomes(knex, stages);
	const histories: DealHistory[] = [];
	for (const part of chunks(deals, partSize)) histories.push(...(await readPart(knex, part, stages, outcomes)));
	return histories;
}

/** Rows of open deals as they are now: their history, and then the values of today, which may have changed within the stage. */
export async function dealsNow(knex: Knex, deals: readonly Row[], stages: StageKinds, now: number): Promise<DealHistory[]> {
	const companies = [...new Set(deals.map(({ company }) => String(company)))];
	const histories = await readPart(knex, deals, stages, await readOutcomes(knex, stages, companies));
	return histories.map((history, index) => {
		const deal = deals[index] as Row;
		const since = Math.min(now, msOf(deal['stage_since']) ?? momentOf(deal['date_created']));
		const today = (at: number): DealHistory['entries'][number] => entryOf(deal, deal['stage'], at, stages);
		const known = history.entries.filter(({ at }) => at <= now);
		return { ...history, entries: known.length > 0 ? [...known, today(now)] : [today(since)] };
	});
}
