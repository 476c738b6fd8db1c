import type { OperationApiConfig } from '@directus/types';
import { itemsOf } from '../../../platform/job-operation/trigger.ts';
import { runJobs } from '../../../platform/jobs/index.ts';
import { readAgain } from '../again.ts';
import { Gate } from '../gate.ts';
import { takeIn } from '../intake.ts';

type Trigger = { collection?: string; body?: { collection?: string } } | undefined;

/** Flows of uploads start their readings one after the other; what has to wait longer than the worker's grace, the worker begins. */
const inTurn = new Gate(1);

/** `orchestre-document-read`: behind every upload and every document that got a file, and the button on documents. */
const operation: OperationApiConfig = {
	id: 'orchestre-document-read',
	async handler(_options, context): Promise<unknown> {
		const trigger = context.data['$trigger'] as Trigger;
		const items = itemsOf(trigger) ?? [];
		if (trigger?.body?.collection === 'documents') {
			const { queued } = await readAgain(context, context.accountability, items);
			void inTurn.through(() => runJobs(context, { kind: 'documents.read', items })).catch(() => undefined);
			return { queued };
		}
		const isUpload = trigger?.collection !== 'documents';
		if (isUpload) await takeIn(context, items);
		const documents = isUpload ? ((await context.database('documents').whereIn('file', items).pluck('id')) as string[]) : items;
		const ended = await inTurn.through(() => runJobs(context, { kind: 'documents.read', items: documents }));
		return { documents, done: ended.length };
	},
};

export default operation;
