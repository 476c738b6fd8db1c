import { z } from 'zod';
import { LaterActions } from '../../platform/later-actions.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import { postLetter } from '../post-letter.ts';
import { prepareStep } from '../prepare-step.ts';

/**
 * One step of one run: a task, or a message. Not tried again by the queue: what can be tried again later stands on the run, whose
 * next date brings a new job, and what may have gone out is for a person to settle (docs/decisions/106).
 */
defineJob({
	kind: 'sequences.step',
	flow: flows.run,
	mode: 'external',
	maxAttempts: 3,
	// Longer than the mailer waits for a connection, so that its own error is heard.
	timeoutMs: 180_000,
	payload: z.object({ run: z.string(), step: z.number().int() }),
	run: async ({ host, payload }) => {
		const actions = new LaterActions();
		const prepared = await host.database.transaction((trx) => prepareStep({ host, trx, actions }, payload.run, payload.step));
		actions.emit();
		if (prepared.kind === 'over') return { note: prepared.note };
		return postLetter(host, prepared);
	},
});
