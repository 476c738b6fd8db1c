import type { OperationApiConfig } from '@directus/types';
import { now } from '../../../platform/clock.ts';
import { refuseUnlessReadable } from '../../../platform/access.ts';
import { UserError } from '../../../platform/errors.ts';
import { enqueue, runToEnd } from '../../../platform/jobs/index.ts';
import { toParis } from '../../../platform/time/paris.ts';
import { reportPeriod } from '../gather.ts';
import { readReader } from '../readers.ts';
import { isKind, ownKind, reportKinds } from '../rules/kinds.ts';

/** What the dialogue of the button hands over. */
type Body = { report?: string | null; period?: 'running' | 'last' | null };

/** So long the button waits for its report. */
const patienceMs = 20_000;

/**
 * `orchestre-report`: the button on the list of reports. Makes the caller's own report at once, with the figures as they may see them now, and
 * sends nothing. Refuses whoever has no report of that kind.
 */
const operation: OperationApiConfig = {
	id: 'orchestre-report',
	async handler(_options, context): Promise<unknown> {
		const { accountability, database } = context;
		await refuseUnlessReadable(context, accountability, 'reports', 'Seules les personnes de l’entreprise produisent des rapports.');
		const reader = await readReader(database, accountability?.user ?? '');
		const own = reader && ownKind(reader.role);
		if (!reader || !own) throw new UserError('Aucun rapport n’est prévu pour votre rôle.');
		const { report, period } = (context.data['$trigger'] as { body?: Body } | undefined)?.body ?? {};
		const kind = isKind(report) ? report : own;
		if (reportKinds[kind].role !== reader.role) throw new UserError(`Le rapport « ${reportKinds[kind].title} » n’est pas prévu pour votre rôle.`);
		if (reportKinds[kind].scope === 'team' && !reader.team) throw new UserError('Ce rapport est celui d’une équipe, et votre compte n’en a pas.');
		const at = now();
		const { start } = reportPeriod(kind, toParis(at).day, period === 'last');
		const key = `reports.make:demand:${kind}:${start}:${reader.id}:${at.getTime()}`;
		const ids = await enqueue(database, [{ kind: 'reports.make', key, payload: { kind, reader: reader.id, day: start, demand: true } }], reader.id);
		const [ended] = await runToEnd(context, ids, patienceMs);
		if (ended?.state === 'failed') throw new UserError(ended.error ?? 'Le rapport n’a pas pu être produit.');
		return { state: ended?.state ?? 'waiting' };
	},
};

export default operation;
