import { createHash, randomUUID } from 'node:crypto';
import { now } from '../platform/clock.ts';
import { orchestreUserId, type Knex } from '../platform/directus.ts';
import { writeTrail } from '../platform/trail.ts';
import { readRecipient, type Recipient, type Subject } from './recipient.ts';
import { dueAfter } from './rules/cadence.ts';
import { mayEmail } from './rules/consent.ts';
import { stopReason } from './rules/stop.ts';
import type { StopReason } from './rules/types.ts';
import { stopWords } from './rules/words.ts';
import type { RunRow, SequenceRow, StepRow } from './rows.ts';
import { readStopFacts } from './stop-facts.ts';

/** `refused`: French, why no run began; `reason` where the run's own list of reasons has it. */
export type Started = { run: string } | { refused: string; reason: StopReason | null };

/** A person follows one sequence at a time, whatever records they have: the key is that of their address. */
export function liveKey(recipient: Recipient): string {
	const who = recipient.reachable.email?.toLowerCase() ?? `${recipient.linked.collection}:${recipient.linked.id}`;
	return `live:${createHash('sha256').update(who).digest('hex')}`;
}

const newRun = (sequence: SequenceRow, subject: Subject, recipient: Recipient): RunRow => ({
	id: randomUUID(),
	sequence: sequence.id,
	state: 'active',
	stop_reason: null,
	...subject,
	person: subject.person,
	owner: recipient.owner,
	team: recipient.team,
	step: 0,
	next_at: null,
	started_at: now(),
	ended_at: null,
	error: null,
	run_key: liveKey(recipient),
});

/** Why this person cannot be written to or need not be, before anything begins. */
async function refusalOf(
	trx: Knex,
	sequence: SequenceRow,
	steps: readonly StepRow[],
	run: RunRow,
	recipient: Recipient,
): Promise<Exclude<Started, { run: string }> | null> {
	if (!recipient.exists) return { refused: 'cette fiche n’existe plus', reason: 'gone' };
	const email = steps.find(({ channel }) => channel === 'email');
	const consent = email && mayEmail(recipient.reachable, email.template?.consent);
	if (consent && !consent.allowed) return { refused: consent.reason, reason: consent.because === 'refused' ? 'opted_out' : 'no_consent' };
	const facts = (await readStopFacts(trx, [run])).get(run.id);
	// What happened before the sequence began does not stop it, where the person stands does.
	const reason = facts ? stopReason({ ...facts, replied: false, meeting: false }, sequence.stop_on) : null;
	return reason ? { refused: stopWords[reason], reason } : null;
}

async function otherSequence(trx: Knex, run: RunRow): Promise<string> {
	const other = (await trx('sequence_runs as r').join('sequences as s', 's.id', 'r.sequence').where('r.run_key', run.run_key).first('s.id', 's.name')) as
		{ id: string; name: string } | undefined;
	if (other?.id === run.sequence) return 'suit déjà cette séquence';
	return other ? `suit déjà la séquence « ${other.name} »` : stopWords.elsewhere;
}

const insert = async (trx: Knex, run: RunRow, user: string): Promise<boolean> => {
	const row = { ...run, date_created: now(), user_created: user };
	const written = (await trx('sequence_runs').insert(row).onConflict('run_key').ignore().returning('id')) as unknown[];
	if (written.length > 0) await writeTrail(trx, { user }, [{ action: 'create', collection: 'sequence_runs', item: run.id, data: row }]);
	return written.length > 0;
};

/**
 * Begins a sequence for one person, or says why not. `record`: a refusal is kept as a run that never began, so that an automatic
 * start asks only once and the form can say why; by hand the answer goes to whoever asked.
 */
export async function startRun(
	trx: Knex,
	sequence: SequenceRow,
	steps: readonly StepRow[],
	subject: Subject,
	{ user = orchestreUserId, record = false }: { user?: string; record?: boolean } = {},
): Promise<Started> {
	const recipient = await readRecipient(trx, subject, sequence.owner);
	const run = newRun(sequence, subject, recipient);
	let refusal = await refusalOf(trx, sequence, steps, run, recipient);
	if (!refusal) {
		run.next_at = dueAfter(now(), steps[0]?.delay_days ?? 0, sequence.cadence);
		if (await insert(trx, run, user)) return { run: run.id };
		refusal = { refused: await otherSequence(trx, run), reason: 'elsewhere' };
	}
	if (record && recipient.exists)
		await insert(
			trx,
			{
				...run,
				state: 'stopped',
				stop_reason: refusal.reason ?? 'no_consent',
				error: `Non démarrée : ${refusal.refused}.`,
				next_at: null,
				ended_at: now(),
				run_key: `ended:${run.id}`,
			},
			user,
		);
	return refusal;
}
