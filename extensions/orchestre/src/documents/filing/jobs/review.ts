import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { now } from '../../../platform/clock.ts';
import { orchestreUserId, type Knex } from '../../../platform/directus.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { tell } from '../../../platform/notices.ts';
import { addTaskOnce } from '../../../platform/tasks.ts';
import { addWorkingDays, nextWorkingMoment } from '../../../platform/time/working-time.ts';
import { flows } from '../flows.ts';
import { isProduct, readDocumentRow } from '../rows.ts';
import { readDocumentSettings } from '../settings.ts';
import type { DocumentRow } from '../types.ts';

/** The task to review, once for each occasion; what is still open from an earlier reading is enough. */
async function addReviewTask(trx: Knex, document: DocumentRow, reviewer: string, key: string): Promise<boolean> {
	const { reviewDays, calendar } = await readDocumentSettings(trx);
	const open = (await trx('tasks')
		.where({ document: document.id, origin: 'documents.review' })
		.whereIn('status', ['todo', 'in_progress'])
		.first('id')) as unknown;
	if (open) return false;
	const person = (await trx('directus_users').where({ id: reviewer }).first('team')) as { team: string | null } | undefined;
	return addTaskOnce(trx, {
		id: randomUUID(),
		title: `Vérifier le document « ${document.title} »`.slice(0, 255),
		description: [document.reading_error, document.filing_note].filter(Boolean).join('\n') || null,
		status: 'todo',
		kind: 'review',
		priority: 'normal',
		due_at: addWorkingDays(nextWorkingMoment(now(), calendar), reviewDays, calendar),
		assignee: reviewer,
		team: person?.team ?? null,
		document: document.id,
		origin: 'documents.review',
		origin_key: key,
		date_created: now(),
		user_created: orchestreUserId,
	});
}

/** Flow 41: whoever the type concerns gets the task and is told; a file that holds nothing to read is said to whoever brought it. */
defineJob({
	kind: 'documents.review',
	flow: flows.review,
	mode: 'transaction',
	payload: z.object({ reviewer: z.string().nullable() }),
	run: async ({ trx, job, payload: { reviewer } }): Promise<JobResult> => {
		const document = await readDocumentRow(trx, job.item ?? '');
		if (!document) return { skipped: 'Le document n’existe plus.' };
		const to = { collection: 'documents', item: document.id };
		if (document.status === 'rejected') {
			const author = document.user_created;
			if (isProduct(author)) return { skipped: 'Personne n’a déposé ce fichier.' };
			await tell(trx, [
				{ recipients: [author ?? ''], subject: `Document non lu : ${document.title}`, message: document.reading_error ?? document.filing_note ?? '', ...to },
			]);
			return { told: 1 };
		}
		if (document.status !== 'to_review') return { skipped: 'Ce document n’est plus à vérifier.' };
		if (!reviewer) return { skipped: 'Personne n’est là pour vérifier.' };
		const made = await addReviewTask(trx, document, reviewer, job.key);
		if (!made) return { tasks: 0 };
		await tell(trx, [{ recipients: [reviewer], subject: `Document à vérifier : ${document.title}`, message: [document.reading_error, document.filing_note].filter(Boolean).join('\n'), ...to }]); // prettier-ignore
		return { tasks: 1 };
	},
});
