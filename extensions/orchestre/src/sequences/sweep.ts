import type { Knex } from '../platform/directus.ts';
import { stopReason } from './rules/stop.ts';
import { liveStates } from './rules/types.ts';
import { readSequences, toRun, type RunRow } from './rows.ts';
import { stopRun } from './save-run.ts';
import { readStopFacts } from './stop-facts.ts';

const partSize = 500;

/** Ends these runs where something happened that ends them. Answers how many. */
export async function stopAmong(trx: Knex, runs: readonly RunRow[], user?: string): Promise<number> {
	if (runs.length === 0) return 0;
	const facts = await readStopFacts(trx, runs);
	const sequences = await readSequences(trx, [...new Set(runs.map(({ sequence }) => sequence))]);
	let stopped = 0;
	for (const run of runs) {
		const fact = facts.get(run.id);
		const reason = fact ? stopReason(fact, sequences.get(run.sequence)?.stop_on ?? []) : null;
		if (!reason) continue;
		await stopRun(trx, run, reason, user ? { user } : {});
		stopped += 1;
	}
	return stopped;
}

/** The live runs about these rows (`column`: lead or person). */
export async function liveRunsOf(trx: Knex, column: 'lead' | 'person', ids: readonly string[]): Promise<RunRow[]> {
	if (ids.length === 0) return [];
	const rows = (await trx('sequence_runs')
		.whereIn(column, [...ids])
		.whereIn('state', [...liveStates])
		.orderBy('id')) as Record<string, unknown>[];
	return rows.map(toRun);
}

/** Whoever has the lead now has its run: their lists follow, and messages go out in their name. */
async function followOwners(trx: Knex): Promise<void> {
	const moved = (await trx('sequence_runs as r')
		.join('leads as l', 'l.id', 'r.lead')
		.join('sequences as s', 's.id', 'r.sequence')
		.whereNull('s.owner')
		.whereIn('r.state', [...liveStates])
		.whereRaw(
			`(coalesce(r.owner, ?) <> coalesce(l.owner, ?) or coalesce(r.team, ?) <> coalesce(l.team, ?))`,
			Array.from({ length: 4 }, () => nobody),
		)
		.limit(partSize)
		.select('r.id', 'l.owner', 'l.team')) as { id: string; owner: string | null; team: string | null }[];
	for (const { id, owner, team } of moved) await trx('sequence_runs').where({ id }).update({ owner, team });
}
const nobody = '00000000-0000-0000-0000-000000000000';

/** Looks through all live runs, a part at a time. Answers how many were ended. */
export async function stopWhatIsOver(trx: Knex): Promise<number> {
	await followOwners(trx);
	let stopped = 0;
	let after = '';
	for (;;) {
		const query = trx('sequence_runs')
			.whereIn('state', [...liveStates])
			.orderBy('id')
			.limit(partSize);
		if (after) void query.where('id', '>', after);
		const runs = ((await query) as Record<string, unknown>[]).map(toRun);
		stopped += await stopAmong(trx, runs);
		if (runs.length < partSize) return stopped;
		after = runs.at(-1)?.id ?? '';
	}
}
