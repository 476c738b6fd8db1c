import type { Host } from '../../platform/directus.ts';
import { OperationalError, UserError } from '../../platform/errors.ts';
import type { Job } from '../../platform/jobs/types.ts';
import { sendService, type ServiceLetter } from '../../sequences/mail.ts';
import { judgeMailError } from '../../sequences/rules/mail-errors.ts';

/** Stands on the job while a message is handed over: found there by the next attempt, it says that nobody knows whether it went out. */
const sending = 'Message en cours d’envoi.';

/**
 * Hands over a message, at most once without a person's word: a job that ended in the middle, or a connection that was cut, ends as
 * failed with the request to check (`whom`: with whom), and only “Relancer” sends again. What certainly did not go out is tried again by the queue.
 */
export async function postOnce(host: Host, job: Job, letter: ServiceLetter, whom = 'auprès du client'): Promise<void> {
	const row = (await host.database('jobs').where({ id: job.id }).first('error')) as { error: string | null } | undefined;
	if (row?.error === sending) throw new UserError(`L’envoi a été interrompu : le message est peut-être parti. Vérifiez ${whom} avant de relancer.`);
	await host.database('jobs').where({ id: job.id }).update({ error: sending });
	try {
		await sendService(host, letter);
	} catch (error) {
		const { outcome, reason } = judgeMailError(error);
		if (outcome === 'unknown') throw new UserError(`Pendant l’envoi, ${reason} : le message est peut-être parti. Vérifiez ${whom} avant de relancer.`);
		if (outcome === 'refused') throw new UserError(`Le message n’est pas parti : ${reason}. Corrigez l’adresse du contact, puis relancez.`);
		throw new OperationalError(`Le message n’est pas parti : ${reason}.`);
	}
}
