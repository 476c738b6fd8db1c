import { defineHook } from '@directus/extensions-sdk';
import { forLog, roomLogger } from '../platform/log.ts';
import { keepHistory } from '../platform/written.ts';
import { queueFirstTrainings } from './first.ts';
import './jobs/index.ts';
import type { RecordTarget } from './rules/types.ts';
import { Touched } from './touched.ts';

type Meta = { key?: unknown; keys?: readonly unknown[]; payload?: unknown };

const targetOf: Readonly<Record<string, RecordTarget>> = { leads: 'lead_conversion', opportunities: 'deal_win' };

/** Fields of a deal that its prediction looks at. Of a lead nearly all count, through its score. */
const tellingOfDeals = new Set(['stage', 'amount_cents', 'close_date', 'kind', 'source', 'company', 'probability']);

/** Wiring of the predictions room: what changed is predicted anew a moment later, and models are written by trainings alone. */
export default defineHook(({ action, filter }, context) => {
	const logger = roomLogger(context.logger, 'predictions');
	const touched = new Touched(context.database, (error) => logger.warn({ err: forLog(error) }, 'changes could not be queued; the night finds them'));
	action('server.start', () => {
		queueFirstTrainings(context.database).catch((error: unknown) =>
			logger.warn({ err: forLog(error) }, 'first trainings could not be queued; the night tries again'),
		);
	});
	keepHistory(filter, 'models', 'Les modèles sont tenus par Orchestre : seul un entraînement en écrit.');

	for (const [collection, target] of Object.entries(targetOf)) {
		action(`${collection}.items.create`, ({ key }: Meta) => touched.note(target, [key]));
		action(`${collection}.items.update`, ({ keys, payload }: Meta) => {
			if (target === 'deal_win' && !Object.keys(payload ?? {}).some((field) => tellingOfDeals.has(field))) return;
			touched.note(target, keys ?? []);
		});
	}
	// An exchange or a task says in its own row what it is about; where a change does not name it, the night finds it.
	for (const collection of ['interactions', 'tasks'])
		for (const event of ['create', 'update'])
			action(`${collection}.items.${event}`, ({ payload }: Meta) => {
				const { lead, opportunity } = (payload ?? {}) as { lead?: unknown; opportunity?: unknown };
				touched.note('lead_conversion', [lead]);
				touched.note('deal_win', [opportunity]);
			});
});
