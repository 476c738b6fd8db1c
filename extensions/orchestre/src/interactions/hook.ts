import { randomUUID } from 'node:crypto';
import { defineHook } from '@directus/extensions-sdk';
import { useOpenAiEnv } from '../openai/index.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { treatWritten, type Treatment } from '../platform/written.ts';
import './jobs/ask.ts';
import './jobs/understand.ts';

/** What tone and summary depend on. */
const telling = ['content', 'summary', 'sentiment', 'kind', 'direction'];
const texts = ['content', 'summary'];

/** The save is not held up: it leaves a job, which the flow runs a moment later. */
const queue: Treatment = async (trx, written) => {
	const touched = written.filter(({ created, set }) => (created ? texts.some((field) => set[field]) : telling.some((field) => field in set)));
	if (touched.length === 0) return;
	const jobs = touched.map(({ id }) => ({
		kind: 'interactions.understand',
		key: `interactions.understand:${id}:${randomUUID()}`,
		collection: 'interactions',
		item: id,
	}));
	await enqueue(trx, jobs, touched[0]?.user ?? null);
};

/** Wiring of the room of exchanges: what was said is understood (docs/decisions/116). */
export default defineHook(({ filter }, { env }) => {
	useOpenAiEnv(env);
	treatWritten(filter, 'interactions', queue);
});
