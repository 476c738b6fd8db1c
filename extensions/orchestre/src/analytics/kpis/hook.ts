import { defineHook } from '@directus/extensions-sdk';
import { forLog, roomLogger } from '../../platform/log.ts';
import { hearTrails } from '../../platform/trail.ts';
import { guardInput, keepHistory } from '../../platform/written.ts';
import './jobs/index.ts';
import './routes.ts';
import { checkTarget } from './targets.ts';
import { changeOf, queueFirst, Touched } from './touched.ts';
import { watched } from './turn.ts';

/** Wiring of the figures (docs/decisions/125): what changed is computed anew within seconds, and results are written by the product alone. */
export default defineHook(({ action, filter }, context) => {
	const logger = roomLogger(context.logger, 'analytics');
	const touched = new Touched(context.database, (error) => logger.warn({ err: forLog(error) }, 'changes could not be queued; the next hour finds them'));
	action('server.start', () => {
		queueFirst(context.database).catch((error: unknown) => logger.warn({ err: forLog(error) }, 'first figures could not be queued; the next hour makes them'));
	});
	keepHistory(filter, 'performance', 'Les résultats sont calculés par Orchestre et ne se modifient pas.');
	guardInput(filter, 'targets', [], (payload, keys, { database }) => checkTarget(database, payload, keys));
	const note = (collection: unknown, changes: readonly string[]): void => {
		if (typeof collection === 'string' && watched.has(collection)) touched.note(collection, changes);
	};
	for (const event of ['create', 'update', 'delete'] as const) action(`items.${event}`, (meta) => note(meta['collection'], changeOf(event, meta)));
	hearTrails((collections) => collections.forEach((collection) => note(collection, ['changed'])));
});
