import { z } from 'zod';
import { now } from '../platform/clock.ts';
import type { Host, Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { defineJob } from '../platform/jobs/registry.ts';
import { flows } from './flows.ts';
import { recordFinding } from './record.ts';
import { filledSentence, findings, whyNot } from './search.ts';
import type { Enriched } from './rules/types.ts';

const collections = ['companies', 'leads', 'people'] as const;

/** Asks and fills; what one source found is kept even if the next does not answer, and is not asked for again in vain. */
async function enrich(host: Host, collection: Enriched, id: string, siren: string | null): Promise<{ filled: number; note: string }> {
	const row = (await host.database(collection).where({ id }).first()) as Record<string, string | null> | undefined;
	if (!row) return { filled: 0, note: 'La fiche n’existe plus.' };
	const notes: string[] = [];
	const filled: string[] = [];
	for await (const finding of findings(host.database, collection, row, siren)) {
		notes.push(finding.note);
		// Told together: the second source does not hide what the first said.
		filled.push(...(await recordFinding(host, collection, id, { ...finding, note: notes.join(' ') })));
	}
	return { filled: filled.length, note: [...notes, filledSentence(filled.length)].join(' ') };
}

/** One company, lead or person. Calls outside may be repeated; what is written is the same each time. */
defineJob({
	kind: 'enrichment.record',
	mode: 'external',
	maxAttempts: 6,
	timeoutMs: 120_000,
	payload: z.object({ collection: z.enum(collections), id: z.string(), siren: z.string().nullish() }),
	run: async ({ host, payload }) => {
		const why = whyNot(payload.collection);
		return why ? { skipped: why } : enrich(host, payload.collection, payload.id, payload.siren ?? null);
	},
});

const live = ['waiting', 'running'];

/** Queues one job a row, unless one is under way. Answers the ids of the new ones. */
export async function queueEnrichment(
	trx: Knex,
	collection: Enriched,
	ids: readonly string[],
	user: string | null,
	siren: string | null = null,
): Promise<string[]> {
	const earlier = (await trx('jobs')
		.where({ kind: 'enrichment.record' })
		.whereIn('item', [...ids])
		.select('item', 'state')) as { item: string; state: string }[];
	const byItem = Map.groupBy(earlier, ({ item }) => item);
	const wanted = ids.filter((id) => !byItem.get(id)?.some(({ state }) => live.includes(state)));
	return enqueue(
		trx,
		wanted.map((id) => ({
			kind: 'enrichment.record',
			// The number of those that ended: fifty who ask at once ask once.
			key: `enrichment:${collection}:${id}:${byItem.get(id)?.length ?? 0}`,
			payload: { collection, id, ...(siren && { siren }) },
			collection,
			item: id,
		})),
		user,
	);
}

/** New rows that one run of the flow takes; the next takes the rest. */
const limit = 50;
const recentMs = 7 * 86_400_000;

async function newRows(trx: Knex, collection: 'companies' | 'leads'): Promise<string[]> {
	const query = trx(collection)
		.whereNull('enriched_at')
		.where('date_created', '>=', new Date(now().getTime() - recentMs))
		.where((either) => void either.where('archived', false).orWhereNull('archived'))
		.orderBy('date_created')
		.limit(limit);
	if (collection === 'leads')
		void query.whereNotIn('status', ['converted', 'lost']).where((either) => void either.whereNotNull('siren').orWhereNotNull('company_name'));
	const asked = trx('jobs').where({ kind: 'enrichment.record', collection }).whereNotNull('item').select('item');
	return (await query.whereRaw(`cast(?? as varchar(64)) not in (?)`, [`${collection}.id`, asked]).pluck('id')) as string[];
}

/** Every quarter of an hour: new companies and leads are looked up, each once. */
defineJob({
	kind: 'enrichment.sweep',
	flow: flows.sweep,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx }) => {
		let queued = 0;
		for (const collection of ['companies', 'leads'] as const)
			if (!whyNot(collection)) queued += (await queueEnrichment(trx, collection, await newRows(trx, collection), null)).length;
		return { queued };
	},
});
