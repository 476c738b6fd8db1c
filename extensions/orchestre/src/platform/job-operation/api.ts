import type { OperationApiConfig } from '@directus/types';
import { now } from '../clock.ts';
import type { OperationContext } from '../directus.ts';
import { OperationalError, UserError } from '../errors.ts';
import { enqueue, runJobs, tallyOf, type Tally } from '../jobs/index.ts';
import { runSoon } from './soon.ts';
import { itemsOf, minuteSlot } from './trigger.ts';

type Options = { kind?: string | null };

/** Flow operation: what it did, for the next step of the flow. */
export type Ran = Omit<Tally, 'reasons'> & { kind: string };

async function runScheduled(kind: string, context: OperationContext): Promise<Tally> {
	const key = `${kind}:${minuteSlot(now())}`;
	await enqueue(context.database, [{ kind, key }]);
	const row = (await context.database('jobs').select('id').where({ key }).first()) as { id: string };
	return tallyOf(await runJobs(context, { ids: [row.id] }));
}

function refuseFailures({ failed, retry, reasons }: Tally): void {
	if (failed + retry === 0) return;
	const next = retry > 0 ? ' Une nouvelle tentative est prévue.' : '';
	throw new OperationalError(`${reasons.join(' ')}${next}`, { retryable: false });
}

/**
 * `orchestre-job`. In a flow on an event it runs the jobs of its kind that the rows of the event left waiting. On a
 * schedule it queues one job for this minute and runs it. Running it again finds nothing left to do. A failed job sends the
 * flow down its reject path with the reason.
 */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-job',
	async handler({ kind }, context): Promise<Ran> {
		if (!kind) throw new UserError('Choisissez le travail que cette étape doit exécuter.');
		if (context.database.isTransaction) throw new UserError('Cette étape ne fonctionne pas dans un flux de type « filtre » : choisissez « action ».');
		const items = itemsOf(context.data['$trigger']);
		const tally = items ? tallyOf(await runSoon(context, kind, items)) : await runScheduled(kind, context);
		refuseFailures(tally);
		const { done, skipped, failed, retry, lost } = tally;
		return { kind, done, skipped, failed, retry, lost };
	},
};

export default operation;
