import { z } from 'zod';
import { now } from '../../platform/clock.ts';
import { dateOrNull } from '../../platform/columns.ts';
import { toDate, type Knex } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import { toRun, type RunRow } from '../rows.ts';
import { saveRun } from '../save-run.ts';
import { stopWhatIsOver } from '../sweep.ts';

/** Steps that one run of the flow sets going; the next, a quarter of an hour later, takes the rest. */
const limit = 500;

async function dueRuns(trx: Knex): Promise<RunRow[]> {
	const rows = (await trx('sequence_runs as r')
		.join('sequences as s', 's.id', 'r.sequence')
		.where({ 'r.state': 'active', 's.status': 'active' })
		.where('r.next_at', '<=', now())
		.whereNotExists(
			trx('jobs as j')
				.whereRaw('?? = cast(?? as varchar(64))', ['j.item', 'r.id'])
				.where('j.kind', 'sequences.step')
				.whereIn('j.state', ['waiting', 'running']),
		)
		.orderBy('r.next_at')
		.orderBy('r.id')
		.limit(limit)
		.select('r.*')) as Record<string, unknown>[];
	return rows.map(toRun);
}

type Earlier = { item: string; state: string; date_created: Date | number | string };

async function earlierJobs(trx: Knex, runs: readonly RunRow[]): Promise<Map<string, Earlier[]>> {
	const ids = runs.map(({ id }) => id);
	const rows = (await trx('jobs').where({ kind: 'sequences.step' }).whereIn('item', ids).select('item', 'state', 'date_created')) as Earlier[];
	return Map.groupBy(rows, ({ item }) => item);
}

/** A step that cannot even be decided, three jobs in a row since anybody touched the run, is not tried for ever. */
async function giveUp(trx: Knex, run: RunRow, jobs: readonly Earlier[]): Promise<boolean> {
	const since = dateOrNull((run as RunRow & { date_updated?: unknown }).date_updated) ?? run.started_at;
	if (jobs.filter(({ state, date_created }) => state === 'failed' && toDate(date_created) > since).length < 3) return false;
	await saveRun(trx, run, {
		state: 'failed',
		error: `L’étape ${run.step + 1} n’a pas pu être faite : la raison est dans « Travaux ». Reprenez quand elle est levée.`,
	});
	return true;
}

/** Every quarter of an hour: ends what is over, then sets going each step that is due, as a job of its own. */
defineJob({
	kind: 'sequences.run',
	flow: flows.run,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx }) => {
		const stopped = await stopWhatIsOver(trx);
		const due = await dueRuns(trx);
		const before = await earlierJobs(trx, due);
		const runs: RunRow[] = [];
		for (const run of due) if (!(await giveUp(trx, run, before.get(run.id) ?? []))) runs.push(run);
		await enqueue(
			trx,
			runs.map((run) => ({
				kind: 'sequences.step',
				key: `sequences.step:${run.id}:${run.step}:${before.get(run.id)?.length ?? 0}`,
				payload: { run: run.id, step: run.step },
				collection: 'sequence_runs',
				item: run.id,
				label: `étape ${run.step + 1}`,
			})),
		);
		return { stopped, due: runs.length };
	},
});
