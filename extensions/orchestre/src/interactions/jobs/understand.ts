import { z } from 'zod';
import type { Knex } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { flows } from '../flows.ts';
import { saveUnderstood, readInteractions } from '../rows.ts';
import { nameOf, readLocally, takeIn, textOf, type Columns, type Interaction, type Reading } from '../rules/understand.ts';
import { mayAsk } from '../settings.ts';

const nothing: Reading = { sentiment: null, summary: null };

/** By the local rules; a text that was read before is not read again, but what a person changed since is theirs. */
function understand(row: Interaction): { columns: Columns; name: string | null; isNew: boolean } {
	const text = textOf(row);
	const { understood } = row;
	if (!text) return { columns: understood ? takeIn(row, '', nothing, 'local') : row, name: null, isNew: false };
	const name = nameOf(row, text);
	if (understood?.of !== name) return { columns: takeIn(row, name, readLocally(row, text), 'local'), name, isNew: true };
	const { sentiment = null, summary = null } = understood;
	return { columns: takeIn(row, name, { sentiment, summary }, row.sentiment_source ?? row.summary_source ?? 'local'), name, isNew: false };
}

/** A text so short says all by itself. */
const worthAsking = 80;

async function askAbout(trx: Knex, rows: readonly { row: Interaction; name: string }[]): Promise<void> {
	if (rows.length === 0 || !(await mayAsk(trx))) return;
	await enqueue(
		trx,
		rows.map(({ row: { id }, name }) => ({
			kind: 'interactions.ask',
			// The same text of the same exchange is paid for once.
			key: `interactions.ask:${id}:${name}`,
			payload: { id, name },
			collection: 'interactions',
			item: id,
		})),
	);
}

/** Tone and summary of what was written, by the local rules; where it is allowed, OpenAI is asked as well, later. */
defineJob({
	kind: 'interactions.understand',
	flow: flows.understand,
	mode: 'bulk',
	payload: z.object({}).loose(),
	run: async ({ trx, items }) => {
		const ids = items.map(({ job }) => job.item ?? '');
		const read = (await readInteractions(trx, [...new Set(ids)])).map((row) => ({ row, ...understand(row) }));
		await saveUnderstood(
			trx,
			read.map(({ row, columns }) => [row, columns]),
		);
		await askAbout(
			trx,
			read.flatMap(({ row, name, isNew }) => (isNew && name && (textOf(row)?.length ?? 0) >= worthAsking ? [{ row, name }] : [])),
		);
		const known = new Set(read.map(({ row }) => row.id));
		return ids.map((id): JobResult => (known.has(id) ? {} : { skipped: 'L’échange n’existe plus.' }));
	},
});
