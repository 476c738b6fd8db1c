import { now as clockNow } from '../platform/clock.ts';
import type { Host } from '../platform/directus.ts';
import { developInThread } from '../learners/thread.ts';
import { mostRows } from '../learners/sample.ts';
import { dayMs } from '../platform/time/paris.ts';
import type { Target } from './rules/types.ts';
import { readChampion, recordTrial } from './store.ts';
import { readHorizons, sources } from './subjects.ts';
import { holdTrial, type TrialStatus } from './trial.ts';

/** Older histories say little about how the company sells today. */
const windowDays = 3 * 365;

export type Trained = { model: string; version: number; status: TrialStatus; verdict: string; rows: number; positives: number; ms: number };

/** One training of a target from the database: read, learn beside the server, judge, record. `job` becomes the id of the model's row. */
export async function train(host: Host, target: Target, { job, signal }: { job: string; signal?: AbortSignal }): Promise<Trained> {
	const since = performance.now();
	const now = clockNow();
	const horizonDays = (await readHorizons(host.database))[target];
	return sources[target].use(async (subject, read) => {
		const champion = await readChampion(host.database, subject);
		const histories = await read(host.database, {
			from: now.getTime() - windowDays * dayMs,
			until: now.getTime(),
			most: mostRows,
			horizonMs: horizonDays * dayMs,
		});
		const trial = await holdTrial(subject, histories, {
			now: now.getTime(),
			horizonDays,
			champion: champion.state === 'usable' ? champion.usable : null,
			run: (order) => developInThread(order, signal ? { signal } : {}),
		});
		const ms = performance.now() - since;
		const version = await recordTrial(host.database, subject, trial, { job, at: now, horizonDays, champion, trainingMs: ms });
		const { status, verdict, rows, positives } = trial;
		return { model: job, version, status, verdict, rows, positives, ms: Math.round(ms) };
	});
}
