import type { Accountability } from '../../platform/directus.ts';
import { refuseUnlessCreatable } from '../../platform/access.ts';
import { UserError } from '../../platform/errors.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { limits } from './rules/event.ts';
import { takeEvents } from './take.ts';

const refusal = (message: string, code: string, status = 400): UserError => new UserError(message, { code, status });

/** The events of a body: a list, or an object with a list `events`. */
function batchOf(body: unknown): unknown[] {
	const batch: unknown = Array.isArray(body) ? body : (body as { events?: unknown } | null | undefined)?.events;
	if (!Array.isArray(batch) || batch.length === 0) throw refusal('Envoyez une liste d’événements : { "events": [ … ] }.', 'INVALID_BATCH');
	if (batch.length > limits.events) throw refusal(`Envoyez ${limits.events} événements au plus par appel.`, 'TOO_MANY_EVENTS', 413);
	return batch as unknown[];
}

/**
 * POST /orchestre/usage-events → { data: Taken }, also when single events are refused. 400 for what is no batch, 403 without the right to
 * create usage events (the role API), 413 for more than 1,000 events or a megabyte (docs/usage-events.md).
 */
const routes: Routes = (router, context) => {
	router.post(
		'/usage-events',
		asyncRoute(async (request, response) => {
			const { accountability } = request as unknown as { accountability: Accountability | null };
			await refuseUnlessCreatable(context, accountability, ['usage_events'], 'Ce jeton n’a pas le droit d’envoyer des événements d’usage.');
			if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw refusal('L’envoi dépasse 1 Mo : faites-en plusieurs.', 'BATCH_TOO_LARGE', 413);
			response.json({ data: await takeEvents(context.database, batchOf(request.body)) });
		}),
	);
};

addRoutes('usage', routes);
