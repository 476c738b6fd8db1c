import { now } from '../platform/clock.ts';
import { readLocked } from '../platform/columns.ts';
import type { Host, Knex } from '../platform/directus.ts';
import type { LaterActions } from '../platform/later-actions.ts';
import { tell } from '../platform/notices.ts';
import { listed } from '../platform/text.ts';
import { messageId, whyNoMail, type Letter } from './mail.ts';
import { readRecipient, type Recipient } from './recipient.ts';
import { dueAfter, nextDay, nextMoment } from './rules/cadence.ts';
import { mayEmail } from './rules/consent.ts';
import { renderMessage } from './rules/render.ts';
import { stopReason } from './rules/stop.ts';
import { variables } from './rules/variables.ts';
import { readSendSettings, readSequences, readSteps, toRun, type RunRow, type SequenceRow, type StepRow } from './rows.ts';
import { advanceRun, saveRun, stopRun } from './save-run.ts';
import { createStepTask, taskBarrier } from './step-task.ts';
import { isOverLimit, noteSend, readSend } from './step-work.ts';
import { readStopFacts } from './stop-facts.ts';

/** What a step comes to: done with without a message (French, for the job's own record), or a letter to post. */
export type Prepared = { kind: 'over'; note: string } | { kind: 'send'; send: string; run: RunRow; letter: Letter; recipient: Recipient };

type Context = { host: Host; trx: Knex; actions: LaterActions };
type Situation = { run: RunRow; sequence: SequenceRow; steps: StepRow[]; step: StepRow; recipient: Recipient };

const over = (note: string): Prepared => ({ kind: 'over', note });

/** Told to whoever has the person: something that only they can settle. */
export async function tellOwner(trx: Knex, run: RunRow, recipient: Recipient, subject: string, message: string): Promise<void> {
	if (!recipient.owner) return;
	const about = run.lead ? { collection: 'leads', item: run.lead } : run.person ? { collection: 'people', item: run.person } : {};
	await tell(trx, [{ recipients: [recipient.owner], subject: `${subject} : ${recipient.name}`, message, ...about }]);
}

async function pause(trx: Knex, { run, recipient }: Situation, reason: string): Promise<Prepared> {
	await saveRun(trx, run, { state: 'paused', error: reason });
	await tellOwner(trx, run, recipient, 'Séquence en pause', `${reason} La séquence reprend avec « Reprendre », sur la fiche.`);
	return over(reason);
}

/** An earlier attempt ended between the order to send and its record: nobody but a person can know. */
async function askHuman(trx: Knex, { run, recipient }: Situation, send: string): Promise<Prepared> {
	const reason = `L’envoi de l’étape ${run.step + 1} a été interrompu : le message est peut-être parti. Vérifiez, puis dites « Parti » ou « Renvoyer ».`;
	await trx('sequence_sends').where({ id: send }).update({ state: 'unknown' });
	await saveRun(trx, run, { state: 'to_check', error: reason });
	await tellOwner(trx, run, recipient, 'Envoi à vérifier', reason);
	return over(reason);
}

async function skipStep(trx: Knex, { run, sequence, steps, step }: Situation, note: string): Promise<Prepared> {
	await noteSend(trx, run, step, { state: 'skipped', note });
	await advanceRun(trx, run, sequence, steps);
	return over(`Étape passée : ${note}.`);
}

async function doTask({ host, trx, actions }: Context, situation: Situation): Promise<Prepared> {
	const { run, sequence, steps, step, recipient } = situation;
	const barrier = taskBarrier(step, recipient);
	if (barrier) return skipStep(trx, situation, barrier);
	const subject = await createStepTask({ host, trx, actions }, run, step, sequence, recipient);
	await noteSend(trx, run, step, { state: 'task', subject });
	await advanceRun(trx, run, sequence, steps);
	return over('Tâche créée.');
}

async function prepareLetter({ trx }: Context, situation: Situation, mailboxLimit: number): Promise<Prepared> {
	const { run, sequence, step, recipient } = situation;
	const { template } = step;
	if (!template || template.channel !== 'email' || template.status !== 'active')
		return pause(trx, situation, `L’étape ${run.step + 1} n’a pas de modèle d’e-mail en service.`);
	const consent = mayEmail(recipient.reachable, template.consent);
	if (!consent.allowed) {
		if (consent.because === 'no_address') return skipStep(trx, situation, consent.reason);
		await stopRun(trx, run, consent.because === 'refused' ? 'opted_out' : 'no_consent', { note: consent.reason });
		return over(consent.reason);
	}
	const message = renderMessage(template, recipient.values);
	if (message.faults.length > 0) return pause(trx, situation, `Le modèle « ${template.name} » a un défaut : ${message.faults.join(' ')}`);
	if (message.missing.length > 0)
		return pause(trx, situation, `Il manque, pour le message de l’étape ${run.step + 1} : ${listed(message.missing.map((path) => variables[path]))}.`);
	const noMail = whyNoMail();
	if (noMail) {
		await saveRun(trx, run, { error: noMail, next_at: dueAfter(new Date(now().getTime() + 3_600_000), 0, sequence.cadence) });
		return over(noMail);
	}
	if (await isOverLimit(trx, sequence, mailboxLimit)) {
		const reason = 'La limite d’envois du jour est atteinte.';
		await saveRun(trx, run, { error: reason, next_at: nextDay(now(), sequence.cadence) });
		return over(reason);
	}
	const id = messageId(run.id, step.id);
	const send = await noteSend(trx, run, step, { state: 'sending', subject: message.subject, message_id: id });
	const { sender, house, linked, reachable, name } = recipient;
	const letter: Letter = { to: { name, address: reachable.email ?? '' }, sender, house, linked, messageId: id, message };
	return { kind: 'send', send, run, letter, recipient };
}

/** Why a step is not done now although its date has come; null when it is. */
async function whyNotNow(trx: Knex, run: RunRow, sequence: SequenceRow): Promise<string | null> {
	if (sequence.status !== 'active') return `La séquence « ${sequence.name} » n’est pas active.`;
	const facts = (await readStopFacts(trx, [run])).get(run.id);
	const reason = facts ? stopReason(facts, sequence.stop_on) : null;
	if (reason) {
		await stopRun(trx, run, reason);
		return 'La séquence s’arrête : la personne n’est plus à relancer.';
	}
	const moment = nextMoment(now(), sequence.cadence);
	if (moment > now()) {
		await saveRun(trx, run, { next_at: moment });
		return 'Hors des heures d’envoi.';
	}
	return null;
}

/**
 * Decides, in one transaction that locks the run, what its next step comes to, and notes it: stopped, postponed, passed, made a task,
 * or “sending”. A message is only posted after that note is committed, and the note's key is unique: it cannot go out twice.
 */
export async function prepareStep(context: Context, id: string, expected: number): Promise<Prepared> {
	const { trx } = context;
	const [row] = await readLocked(trx, 'sequence_runs', [id]);
	if (!row) return over('Cette séquence en cours n’existe plus.');
	const run = toRun(row);
	if (run.state !== 'active' || run.step !== expected || !run.next_at || run.next_at > now()) return over('Cette étape est déjà faite, ou n’est plus à faire.');
	const sequence = (await readSequences(trx, [run.sequence])).get(run.sequence);
	if (!sequence) return over('La séquence a été supprimée.');
	const steps = await readSteps(trx, sequence.id);
	const step = steps[run.step];
	if (!step) {
		await advanceRun(trx, run, sequence, steps);
		return over('Il n’y a plus d’étape.');
	}
	const recipient = await readRecipient(trx, run, sequence.owner);
	const situation: Situation = { run, sequence, steps, step, recipient };
	const send = await readSend(trx, run, step);
	if (send?.state === 'sending') return askHuman(trx, situation, send.id);
	if (send) {
		await advanceRun(trx, run, sequence, steps);
		return over('Cette étape était déjà faite.');
	}
	const why = await whyNotNow(trx, run, sequence);
	if (why) return over(why);
	return step.channel === 'email' ? prepareLetter(context, situation, (await readSendSettings(trx)).mailboxLimit) : doTask(context, situation);
}
