import { z } from 'zod';
import { systemAccountability, type Host, type Knex } from '../directus.ts';
import { kindOf, sentenceFor } from '../errors.ts';
import type { ExternalJob, Job, JobResult } from '../jobs/types.ts';
import { runBackup } from './command.ts';

/** The flow that switches it (seeds/61-flows-backup.yaml). */
const backupFlow = '70000000-0000-4000-8000-000000000003';

const attempts = 3;

/** Active people whose role, or who themselves, have an administrator's policy. */
async function administrators(database: Knex): Promise<string[]> {
	const rows = (await database('directus_users as u')
		.join('directus_access as a', (on) => void on.on('a.role', 'u.role').orOn('a.user', 'u.id'))
		.join('directus_policies as p', 'p.id', 'a.policy')
		.where({ 'p.admin_access': true, 'u.status': 'active' })
		.distinct('u.id')) as { id: string }[];
	return rows.map(({ id }) => id);
}

/** Into the notification centre of every administrator, and by e-mail for those who asked for it. */
async function tellAdministrators(host: Host, job: Job, sentence: string): Promise<void> {
	const recipients = await administrators(host.database);
	const schema = await host.getSchema();
	const notifications = new host.services.NotificationsService({ schema, accountability: systemAccountability() });
	await notifications.createMany(
		recipients.map((recipient) => ({
			recipient,
			subject: 'La sauvegarde a échoué',
			message: `${sentence} Les sauvegardes précédentes sont toujours là. Corrigez la cause, puis rejouez ce travail.`,
			collection: 'jobs',
			item: job.id,
			status: 'inbox',
		})),
	);
}

/** One word is sent, when no further attempt will be made. */
async function tellLastFailure(host: Host, job: Job, error: unknown): Promise<void> {
	const isLast = job.attempts >= job.max_attempts || (kindOf(error) === 'operational' && (error as { retryable?: boolean }).retryable === false);
	if (isLast) await tellAdministrators(host, job, sentenceFor(error, job.id.slice(0, 8)));
}

/** Every night: an archive of database and files, in a process of its own, and the oldest ones removed. */
export const backupJob: ExternalJob<object> = {
	kind: 'platform.backup',
	flow: backupFlow,
	mode: 'external',
	payload: z.object({}).loose(),
	maxAttempts: attempts,
	timeoutMs: 2 * 60 * 60_000,
	async run({ host, job, signal }): Promise<JobResult> {
		try {
			const { archive, bytes, tables, rows, files, removed, notes } = await runBackup(signal);
			return { archive, bytes, tables, rows, files, removed, notes };
		} catch (error) {
			await tellLastFailure(host, job, error);
			throw error;
		}
	},
};
