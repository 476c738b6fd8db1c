import { randomUUID } from 'node:crypto';
import { now } from '../platform/clock.ts';
import { isPostgres, type Knex } from '../platform/directus.ts';
import { parisDay } from './rules/cadence.ts';
import type { RunRow, SequenceRow, StepRow } from './rows.ts';

export type SendState = 'sending' | 'sent' | 'task' | 'skipped' | 'unknown';
export type SendRow = { id: string; state: SendState };

/** One step of one run, whatever else changes about the sequence: the row of this name is what keeps a message from going out twice. */
const keyOf = (run: RunRow, step: StepRow): string => `${run.id}:${step.id}`;

export const readSend = async (trx: Knex, run: RunRow, step: StepRow): Promise<SendRow | null> =>
	((await trx('sequence_sends')
		.where({ send_key: keyOf(run, step) })
		.first('id', 'state')) as SendRow | undefined) ?? null;

type Noted = { state: SendState; subject?: string | null; message_id?: string | null; note?: string | null };

/** Notes what becomes of a step. Throws where it was noted before: the key is unique. */
export async function noteSend(trx: Knex, run: RunRow, step: StepRow, noted: Noted): Promise<string> {
	const id = randomUUID();
	await trx('sequence_sends').insert({
		id,
		run: run.id,
		step: step.id,
		position: run.step + 1,
		channel: step.channel,
		at: now(),
		send_key: keyOf(run, step),
		...noted,
		...(noted.subject && { subject: noted.subject.slice(0, 255) }),
	});
	return id;
}

/** Messages of this Paris day that went out or may have: of one sequence, or of the whole mailbox. */
async function countToday(trx: Knex, sequence: string | null): Promise<number> {
	const query = trx('sequence_sends as s')
		.where('s.channel', 'email')
		.whereIn('s.state', ['sending', 'sent', 'unknown'])
		.where('s.at', '>=', parisDay(now()).from);
	if (sequence) void query.join('sequence_runs as r', 'r.id', 's.run').where('r.sequence', sequence);
	const [row] = (await query.count({ n: '*' })) as { n: number | string }[];
	return Number(row?.n ?? 0);
}

/** Whether one more message would exceed a limit of the day. Those who ask at the same time wait for each other. */
export async function isOverLimit(trx: Knex, sequence: SequenceRow, mailboxLimit: number): Promise<boolean> {
	if (isPostgres(trx)) await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 106))', ['sequences.limit']);
	if ((await countToday(trx, null)) >= mailboxLimit) return true;
	return sequence.daily_limit !== null && (await countToday(trx, sequence.id)) >= Number(sequence.daily_limit);
}
