import { z } from 'zod';
import type { Knex } from '../../platform/directus.ts';
import { kindOf, type OperationalError } from '../../platform/errors.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { askOpenAi } from '../../openai/index.ts';
import { flows } from '../flows.ts';
import { questionOn, readingOf } from '../question.ts';
import { readInteractions, saveUnderstood } from '../rows.ts';
import { nameOf, readLocally, takeIn, textOf, type Interaction, type Reading, type Source } from '../rules/understand.ts';
import { mayAsk } from '../settings.ts';

const gone = 'Le texte a changé depuis, ou l’échange n’existe plus.';

/** The exchange, as long as its text is still the one that is asked about. */
async function current(trx: Knex, id: string, name: string): Promise<{ row: Interaction; text: string } | null> {
	const [row] = await readInteractions(trx, [id]);
	const text = row && textOf(row);
	return row && text && nameOf(row, text) === name ? { row, text } : null;
}

async function keep(database: Knex, id: string, name: string, readingFor: (local: Reading) => Reading, source: Source): Promise<void> {
	await database.transaction(async (trx) => {
		const found = await current(trx, id, name);
		if (found) await saveUnderstood(trx, [[found.row, takeIn(found.row, name, readingFor(readLocally(found.row, found.text)), source)]]);
	});
}

const maxAttempts = 5;

/** A better summary and tone by OpenAI. What goes wrong there leaves the local ones, which then say so. */
defineJob({
	kind: 'interactions.ask',
	flow: flows.understand,
	mode: 'external',
	maxAttempts,
	timeoutMs: 90_000,
	payload: z.object({ id: z.string(), name: z.string() }),
	run: async ({ host: { database }, job, payload: { id, name } }): Promise<JobResult> => {
		if (!(await mayAsk(database))) return { skipped: 'OpenAI n’est pas configuré, ou le réglage « Résumer avec OpenAI » est coupé.' };
		const found = await database.transaction((trx) => current(trx, id, name));
		if (!found) return { skipped: gone };
		try {
			const answer = await askOpenAi(database, questionOn(found.text));
			await keep(database, id, name, (local) => readingOf(answer, local), 'openai');
			return { source: 'openai' };
		} catch (error) {
			if (kindOf(error) !== 'operational') throw error;
			await keep(database, id, name, (local) => local, 'fallback');
			const { retryable, message } = error as OperationalError;
			// The local rules did the work: nothing for a person to mend here, « Connexions » says what is wrong with the service.
			if (!retryable || job.attempts >= maxAttempts) return { skipped: `Règles locales employées. ${message}` };
			throw error;
		}
	},
});
