import { writeSync } from 'node:fs';
import type { HookConfig } from '@directus/types';
import { backupJob } from './backup/job.ts';
import { checkBeforeCommit } from './before-commit.ts';
import { answerBlockedDeletions } from './deletions.ts';
import type { FilterContext, HookExtensionContext } from './directus.ts';
import { checkEnv, settings, useSettings } from './env.ts';
import { refuseDeletingOwedJobs, refuseOutsideWrite } from './guard.ts';
import { defineJob, startWorker, type Worker } from './jobs/index.ts';
import { pruneJobs } from './jobs/prune.ts';
import { refuseNonIntegers } from './integers.ts';
import { keepIssuedLines } from './issued.ts';
import { hearAnnouncer } from './later-actions.ts';
import { roomLogger } from './log.ts';
import { keepOriginals } from './originals.ts';
import { guardParents } from './parents.ts';
import { answerMissingReferences } from './references.ts';
import { guardRowRules } from './row-rules/index.ts';
import { completeRevisions } from './whole-revisions.ts';

/** Written at once: the logger is asynchronous and would lose the line on exit. */
function stopServer(sentences: readonly string[]): never {
	writeSync(2, sentences.map((sentence) => `Orchestre ne peut pas démarrer : ${sentence}\n`).join(''));
	process.exit(1);
}

function readEnv({ env, logger }: HookExtensionContext): void {
	const checked = checkEnv(env);
	checked.warnings.forEach((warning) => logger.warn(warning));
	if (!checked.settings) stopServer(checked.faults);
	useSettings(checked.settings);
}

async function selfTest({ database }: HookExtensionContext): Promise<void> {
	try {
		await checkBeforeCommit(database);
	} catch (error) {
		stopServer([`la base ne tient pas l’ordre « traiter puis valider » (${String(error)}). Vérifiez que Directus et knex sont aux versions prévues.`]);
	}
}

/** Takes nothing new once the process is told to end; what is cut off all the same is found again by its lease. */
function workUntilStopped(context: HookExtensionContext): Worker | null {
	const { ORCHESTRE_WORKER, ORCHESTRE_WORKER_POLL_MS, ORCHESTRE_WORKER_CONCURRENCY, ORCHESTRE_WORKER_GRACE_MS } = settings();
	if (!ORCHESTRE_WORKER) {
		roomLogger(context.logger, 'platform').warn('ORCHESTRE_WORKER=false: this instance works off no jobs');
		return null;
	}
	const worker = startWorker(context, { pollMs: ORCHESTRE_WORKER_POLL_MS, concurrency: ORCHESTRE_WORKER_CONCURRENCY, graceMs: ORCHESTRE_WORKER_GRACE_MS });
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => void worker.stop());
	return worker;
}

const hook: HookConfig = ({ init, action, filter }, context) => {
	readEnv(context);
	hearAnnouncer(action);
	defineJob(backupJob);
	defineJob(pruneJobs);
	init('app.before', () => selfTest(context));
	action('server.start', () => {
		workUntilStopped(context);
	});

	refuseNonIntegers(filter);
	answerMissingReferences(filter);
	answerBlockedDeletions(filter, context.services);
	guardParents(filter, context.services);
	guardRowRules({ filter, init }, context.services);
	keepIssuedLines(filter);
	keepOriginals(filter);
	completeRevisions(filter, context.services);

	for (const collection of ['jobs', 'counters']) {
		for (const event of ['create', 'update', ...(collection === 'counters' ? ['delete'] : [])]) {
			filter(`${collection}.items.${event}`, (_payload, _meta, { accountability }) => refuseOutsideWrite(collection, accountability));
		}
	}
	filter<string[]>('jobs.items.delete', async (ids, _meta, filterContext) => {
		await refuseDeletingOwedJobs(ids, filterContext as FilterContext);
		return ids;
	});
};

export default hook;
