import { defineHook } from '@directus/extensions-sdk';
import { choiceFaults } from '../platform/choices.ts';
import { forLog, roomLogger } from '../platform/log.ts';
import { guardInput, keepHistory, treatWritten } from '../platform/written.ts';
import './health/jobs/index.ts';
import { computedFields } from './support/fields.ts';
import './support/job.ts';
import { treatAnswers, treatTickets } from './support/treat.ts';
import { checkUsageEvent } from './usage/check.ts';
import './usage/routes.ts';
import { checkHealthSettings } from './health/settings.ts';
import { queueFirstJudgement, telling, Touched } from './health/touched.ts';
import { treatClients } from './health/treat.ts';

type Meta = { key?: unknown; keys?: readonly unknown[] };

/** Wiring of the success room: clients' health, their usage, the deadlines of their tickets (docs/decisions/111). */
export default defineHook(({ action, filter }, context) => {
	const logger = roomLogger(context.logger, 'success');
	const touched = new Touched(context.database, (error) => logger.warn({ err: forLog(error) }, 'changes could not be queued; the night finds them'));
	action('server.start', () => {
		queueFirstJudgement(context.database).catch((error: unknown) => logger.warn({ err: forLog(error) }, 'clients could not be queued; the night finds them'));
	});
	keepHistory(filter, 'health_history', 'L’historique de santé est tenu par Orchestre : corrigez la santé depuis la fiche du client.');
	treatWritten(filter, 'companies', treatClients);
	guardInput(filter, 'companies', [], async (payload, _keys, filterContext) => ({
		faults: await choiceFaults('companies', ['health_override', 'support_level'], payload, filterContext),
	}));
	guardInput(filter, 'tickets', computedFields, async (payload, _keys, filterContext) => ({
		faults: await choiceFaults('tickets', ['priority', 'status'], payload, filterContext),
	}));
	guardInput(filter, 'settings', [], checkHealthSettings);
	guardInput(filter, 'usage_events', [], checkUsageEvent);
	treatWritten(filter, 'tickets', treatTickets);
	treatWritten(filter, 'interactions', treatAnswers);
	for (const collection of telling) {
		action(`${collection}.items.create`, ({ key }: Meta) => touched.note(collection, [key]));
		action(`${collection}.items.update`, ({ keys }: Meta) => touched.note(collection, keys ?? []));
	}
});
