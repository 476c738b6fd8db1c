import { z } from 'zod';
import { kindOf, OperationalError } from '../../../platform/errors.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { ExternalRun, JobResult } from '../../../platform/jobs/types.ts';
import { closeAsTwin, giveUp, isWaiting, judge, twinOf } from '../judge.ts';
import { considerOpenAi } from '../../openai/consider.ts';
import { keepPages } from '../../review/pages.ts';
import { currentFit } from '../../review/fit/store.ts';
import { readWhenFree } from '../reader.ts';
import { readDocumentRow } from '../rows.ts';
import { readOwnCompany } from '../settings.ts';
import { withCopy } from '../store.ts';
import { flows } from '../flows.ts';

const maxAttempts = 4;

async function read({ host, job, signal }: ExternalRun<unknown>): Promise<JobResult> {
	const id = job.item ?? '';
	const row = await readDocumentRow(host.database, id);
	if (!row?.file) return { skipped: 'Le document, ou son fichier, n’existe plus.' };
	if (!isWaiting(row)) return { skipped: 'Ce document est déjà traité.' };
	const ended = await withCopy(host, row.file, async (copy) => {
		await host.database('documents').where({ id }).whereIn('status', ['received', 'reading', 'to_review']).update({ status: 'reading', sha256: copy.sha256 });
		if (await twinOf(host.database, { ...row, sha256: copy.sha256 })) {
			const closed = await closeAsTwin(host, id);
			if (closed.status === 'rejected') return closed;
		}
		const own = await readOwnCompany(host.database);
		const local = await readWhenFree(copy.path, own, { filename: copy.filename, signal, fit: await currentFit(host.database) });
		signal.throwIfAborted();
		// For the screen where people review: the file need not be read a second time.
		if (local.pages && row.file) await keepPages(host.database, row.file, local.pages);
		const better = await considerOpenAi(host, row, copy, local);
		return judge(host, id, better);
	});
	if (!ended) throw new OperationalError('Le fichier ne peut pas être lu dans l’espace de stockage.');
	return ended.status === 'superseded' ? { skipped: 'Ce document a été traité entre-temps.' } : { status: ended.status };
}

/** Reads one document. A second run, after a crash or at the same time, finds it settled and leaves it. */
defineJob({
	kind: 'documents.read',
	flow: flows.read,
	mode: 'external',
	maxAttempts,
	timeoutMs: 600_000,
	payload: z.object({}).loose(),
	run: async (context) => {
		try {
			return await read(context);
		} catch (error) {
			const { host, job } = context;
			const isLast = job.attempts >= maxAttempts || (kindOf(error) === 'operational' && !(error as OperationalError).retryable);
			if (isLast)
				await giveUp(host, job.item ?? '', kindOf(error) === 'operational' ? (error as Error).message : 'La lecture a échoué pour une raison imprévue.');
			throw error;
		}
	},
});
