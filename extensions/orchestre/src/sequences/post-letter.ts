import { now } from '../platform/clock.ts';
import { readLocked } from '../platform/columns.ts';
import type { Host, Knex } from '../platform/directus.ts';
import { LaterActions } from '../platform/later-actions.ts';
import { noteExchange } from './exchange.ts';
import { sendLetter } from './mail.ts';
import { tellOwner, type Prepared } from './prepare-step.ts';
import { dueAfter } from './rules/cadence.ts';
import { judgeMailError, type MailOutcome } from './rules/mail-errors.ts';
import { readSequences, readSteps, toRun, type RunRow } from './rows.ts';
import { advanceRun, saveRun, stopRun } from './save-run.ts';

type ToSend = Extract<Prepared, { kind: 'send' }>;

const hourMs = 3_600_000;

async function lockedRun(trx: Knex, id: string): Promise<RunRow | null> {
	const [row] = await readLocked(trx, 'sequence_runs', [id]);
	return row ? toRun(row) : null;
}

async function recordSent(host: Host, work: ToSend): Promise<void> {
	const actions = new LaterActions();
	await host.database.transaction(async (trx) => {
		await trx('sequence_sends').where({ id: work.send }).update({ state: 'sent', at: now() });
		const { subject, text } = work.letter.message;
		await noteExchange({ host, trx, actions }, work.run, work.recipient, { id: work.letter.messageId, subject, text });
		const run = await lockedRun(trx, work.run.id);
		const sequence = run && (await readSequences(trx, [run.sequence])).get(run.sequence);
		// Somebody stopped it while the message was on its way: it stays stopped, and the message stays noted.
		const waits = run?.state === 'active' || run?.state === 'to_check';
		if (!run || !sequence || !waits || run.step !== work.run.step) return;
		await advanceRun(trx, run, sequence, await readSteps(trx, sequence.id));
	});
	actions.emit();
}

/** Nothing went out: the note is taken back, so that a later attempt may send. */
async function recordUnsent(host: Host, work: ToSend, { outcome, reason }: MailOutcome): Promise<string> {
	return host.database.transaction(async (trx) => {
		const run = await lockedRun(trx, work.run.id);
		if (outcome === 'unknown') {
			const check = `À l’étape ${work.run.step + 1}, ${reason} : le message est peut-être parti. Vérifiez, puis dites « Parti » ou « Renvoyer ».`;
			await trx('sequence_sends').where({ id: work.send }).update({ state: 'unknown' });
			if (run?.state === 'active') await saveRun(trx, run, { state: 'to_check', error: check });
			await tellOwner(trx, work.run, work.recipient, 'Envoi à vérifier', check);
			return check;
		}
		await trx('sequence_sends').where({ id: work.send }).delete();
		const sequence = run && (await readSequences(trx, [run.sequence])).get(run.sequence);
		if (!run || !sequence || run.state !== 'active') return reason;
		if (outcome === 'refused') {
			if (sequence.stop_on.includes('bounce')) await stopRun(trx, run, 'bounced', { note: `À l’étape ${run.step + 1}, ${reason}.` });
			else await saveRun(trx, run, { state: 'paused', error: `À l’étape ${run.step + 1}, ${reason}. Corrigez l’adresse, puis reprenez.` });
			await tellOwner(trx, run, work.recipient, 'Adresse refusée', `Le message de l’étape ${run.step + 1} n’est pas parti : ${reason}.`);
			return reason;
		}
		const next = dueAfter(new Date(now().getTime() + hourMs), 0, sequence.cadence);
		await saveRun(trx, run, { error: `Rien n’est parti : ${reason}. Nouvel essai dans une heure.`, next_at: next });
		return reason;
	});
}

/** Posts a letter that was noted as “sending”, and notes what came of it. Answers in French. */
export async function postLetter(host: Host, work: ToSend): Promise<{ sent: boolean; note: string | null }> {
	try {
		await sendLetter(host, work.letter);
	} catch (error) {
		return { sent: false, note: await recordUnsent(host, work, judgeMailError(error)) };
	}
	await recordSent(host, work);
	return { sent: true, note: null };
}
