import { z } from 'zod';
import { now } from '../../../platform/clock.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import { takeForgotten } from '../intake.ts';
import { flows } from '../flows.ts';
import { removeOldCopies } from '../store.ts';

/** Finds what a crash between an upload and its announcement left lying: files without a document, copies without a reader. */
defineJob({
	kind: 'documents.sweep',
	flow: flows.sweep,
	mode: 'external',
	payload: z.object({}).loose(),
	run: async ({ host }) => ({ taken: await takeForgotten(host), copies: await removeOldCopies(now()) }),
});
