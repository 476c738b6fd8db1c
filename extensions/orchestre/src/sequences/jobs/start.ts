import { z } from 'zod';
import { now } from '../../platform/clock.ts';
import { systemAccountability, type Host, type Knex } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import type { Subject } from '../recipient.ts';
import { byRank } from '../rules/choose.ts';
import { liveStates } from '../rules/types.ts';
import { readSendSettings, readSteps, toSequence, type SequenceRow } from '../rows.ts';
import { startRun } from '../start.ts';

/** People that one sequence takes in one run of the flow; the next, a quarter of an hour later, takes the rest. */
const limit = 200;

async function startingSequences(trx: Knex): Promise<SequenceRow[]> {
	const { alsaceMoselle } = await readSendSettings(trx);
	const rows = (await trx('sequences').where({ status: 'active' }).whereIn('starts_on', ['automatic', 'lost_deal'])) as Record<string, unknown>[];
	return byRank(rows.map((row) => toSequence(row, alsaceMoselle)));
}

/** Rows of `collection` that the audience and `more` leave, by Directus's own filters. */
async function idsOf(host: Host, trx: Knex, collection: string, filter: unknown, sort: string): Promise<string[]> {
	const service = new host.services.ItemsService(collection, {
		knex: trx,
		schema: await host.getSchema({ database: trx }),
		accountability: systemAccountability(),
	});
	const rows = await service.readByQuery({ fields: ['id'], filter: filter as never, sort: [sort], limit });
	return rows.map((row) => String(row['id']));
}

/** Somebody who just came out of a sequence, perhaps by a reply, does not go straight into the next. */
const restMs = 30 * 86_400_000;

/** Leads of the audience that came, or whose score changed, since the sequence is on; each once, and none that follows another. */
async function leadsFor(host: Host, trx: Knex, sequence: SequenceRow): Promise<Subject[]> {
	const since = sequence.activated_at?.toISOString();
	if (!since) return [];
	const filter = {
		_and: [
			sequence.audience ?? {},
			{ _or: [{ date_created: { _gte: since } }, { scored_at: { _gte: since } }] },
			{ status: { _nin: ['converted', 'lost'] } },
			{ _or: [{ archived: { _eq: false } }, { archived: { _null: true } }] },
			// One condition each: Directus passes over an `_or` below `_none` without a word.
			{ sequence_runs: { _none: { sequence: { _eq: sequence.id } } } },
			{ sequence_runs: { _none: { state: { _in: [...liveStates] } } } },
			{ sequence_runs: { _none: { ended_at: { _gte: new Date(now().getTime() - restMs).toISOString() } } } },
		],
	};
	return (await idsOf(host, trx, 'leads', filter, 'date_created')).map((lead) => ({ lead, person: null, opportunity: null }));
}

/** The main contact of each deal lost since the sequence is on; of that person the audience decides. */
async function contactsOfLost(host: Host, trx: Knex, sequence: SequenceRow): Promise<Subject[]> {
	if (!sequence.activated_at) return [];
	const rows = (await trx('opportunities as o')
		.join('stages as s', 's.id', 'o.stage')
		.join('opportunity_contacts as c', 'c.opportunity', 'o.id')
		.where('s.is_lost', true)
		.where('o.closed_at', '>=', sequence.activated_at)
		.where('c.is_primary', true)
		.whereNotExists(
			trx('sequence_runs as r')
				.where('r.sequence', sequence.id)
				.where((either) => void either.whereRaw('?? = ??', ['r.opportunity', 'o.id']).orWhereRaw('?? = ??', ['r.person', 'c.person'])),
		)
		.orderBy('o.closed_at')
		.limit(limit)
		.select('o.id as opportunity', 'c.person')) as { opportunity: string; person: string }[];
	const fits = new Set(
		sequence.audience
			? await idsOf(host, trx, 'people', { _and: [sequence.audience, { id: { _in: rows.map(({ person }) => person) } }] }, 'id')
			: rows.map(({ person }) => person),
	);
	return rows.filter(({ person }) => fits.has(person)).map(({ opportunity, person }) => ({ lead: null, person, opportunity }));
}

/** Every quarter of an hour: whoever entered the audience of a sequence that starts by itself begins it, once. */
defineJob({
	kind: 'sequences.start',
	flow: flows.start,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ host, trx }) => {
		const result = { started: 0, refused: 0 };
		for (const sequence of await startingSequences(trx)) {
			const steps = await readSteps(trx, sequence.id);
			const subjects = sequence.starts_on === 'lost_deal' ? await contactsOfLost(host, trx, sequence) : await leadsFor(host, trx, sequence);
			for (const subject of steps.length > 0 ? subjects : []) {
				const started = await startRun(trx, sequence, steps, subject, { record: true });
				result['run' in started ? 'started' : 'refused'] += 1;
			}
		}
		return result;
	},
});
