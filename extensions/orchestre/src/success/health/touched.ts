import { randomUUID } from 'node:crypto';
import { now } from '../../platform/clock.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { Gathered } from '../../platform/gathered.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';

/** How to get from a row that changed to its company. */
const companiesOf: Readonly<Record<string, (knex: Knex, ids: readonly string[]) => Knex.QueryBuilder>> = {
	payment_allocations: (knex, ids) => knex('payment_allocations as a').join('invoices as i', 'i.id', 'a.invoice').whereIn('a.id', [...ids]).select('i.company as company'), // prettier-ignore
	milestones: (knex, ids) => knex('milestones as m').join('projects as p', 'p.id', 'm.project').whereIn('m.id', [...ids]).select('p.company as company'), // prettier-ignore
	...Object.fromEntries(
		['tickets', 'interactions', 'survey_answers', 'invoices', 'projects'].map((table) => [
			table,
			(knex: Knex, ids: readonly string[]) => knex(table).whereIn('id', [...ids]).select('company'), // prettier-ignore
		]),
	),
};

/** Collections whose changes change a client's health. Usage comes in by the thousand: it is for the night. */
export const telling = Object.keys(companiesOf);

const mostIds = 500;

async function queue(database: Knex, gathered: ReadonlyMap<string, readonly string[]>): Promise<void> {
	const companies = new Set<string>();
	for (const [table, ids] of gathered)
		for (const part of chunks(ids, mostIds))
			for (const { company } of ((await companiesOf[table]?.(database, part)) ?? []) as { company: string | null }[]) if (company) companies.add(company);
	if (companies.size === 0) return;
	const clients = (
		await Promise.all(
			chunks([...companies], mostIds).map((part) => database('companies').whereIn('id', part).where({ is_client: true }).pluck('id')), // prettier-ignore
		)
	).flat() as string[];
	await enqueue(
		database,
		chunks(clients, mostIds).map((ids) => ({ kind: 'success.health_touch', key: `success.health_touch:${randomUUID()}`, payload: { ids } })),
	);
}

/** Rows that changed, by collection: their clients are judged anew a moment later. */
export class Touched extends Gathered<string> {
	constructor(database: Knex, onError: (error: unknown) => void) {
		super((gathered) => queue(database, gathered), onError);
	}
}

/** Clients that were never judged (a first start, a restored database) are not left waiting for the night. */
export async function queueFirstJudgement(database: Knex): Promise<void> {
	const unjudged: unknown = await database('companies').where({ is_client: true }).whereNull('health_at').first('id');
	if (unjudged) await enqueue(database, [{ kind: 'success.health', key: `success.health:first:${isoOf(toParis(now()).day)}` }]);
}
