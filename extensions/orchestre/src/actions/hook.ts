import { defineHook } from '@directus/extensions-sdk';
import { z } from 'zod';
import { now as clockNow } from '../platform/clock.ts';
import type { Accountability, Knex } from '../platform/directus.ts';
import { notFound, UserError } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { forLog, roomLogger } from '../platform/log.ts';
import { addRoutes, asyncRoute, type Routes } from '../platform/routes.ts';
import { isoOf, toParis } from '../platform/time/paris.ts';
import { guardInput, treatWritten } from '../platform/written.ts';
import { answerAction } from './answer.ts';
import { checkInsight, computedFields, treatInsights } from './decide.ts';
import './jobs/index.ts';
import { landOnDay } from './landing.ts';
import { readDay } from './list.ts';
import { Touched, watched, type Watched } from './touched.ts';

type Request = { params: Record<string, string | undefined>; query: Record<string, unknown>; body: unknown; accountability: Accountability | null };

const exchange = z.strictObject({
	kind: z.enum(['call', 'email', 'meeting']),
	outcome: z.enum(['reached', 'no_answer', 'message_left', 'meeting_booked']).optional(),
	note: z.string().trim().max(5000).optional(),
});
const answers = z.discriminatedUnion('state', [
	z.strictObject({ state: z.literal('done'), exchange: exchange.optional() }),
	z.strictObject({ state: z.literal('snoozed'), until: z.iso.datetime({ offset: true }) }),
	z.strictObject({ state: z.literal('refused'), reason: z.enum(['already_done', 'wrong', 'not_now', 'not_worth', 'other']) }),
	z.strictObject({ state: z.literal('open') }),
]);

/**
 * GET /orchestre/actions ?user=<id>: the list of the day, one's own or (managers, Direction) a colleague's.
 * POST /orchestre/actions/:id/answer { state: done | snoozed | refused | open, exchange?, until?, reason? }.
 */
const routes: Routes = (router, context) => {
	router.get(
		'/actions',
		asyncRoute(async (request, response) => {
			const { query, accountability } = request as unknown as Request;
			const user = query['user'];
			if (user !== undefined && !isUuid(user)) throw notFound('Cette personne n’existe pas.');
			response.json({ data: await readDay(context, accountability, (user as string | undefined) ?? null) });
		}),
	);
	router.post(
		'/actions/:id/answer',
		asyncRoute(async (request, response) => {
			const { params, body, accountability } = request as unknown as Request;
			if (!isUuid(params['id'])) throw notFound('Cette action n’existe pas.');
			const answer = answers.safeParse(body);
			if (!answer.success) throw new UserError('Réponse attendue : « fait », « reporté » avec une date, « écarté » avec une raison, ou « à traiter ».');
			response.json({ data: await answerAction(context, accountability, params['id'] as string, answer.data) });
		}),
	);
};

addRoutes('actions', routes);

/** A new company does not wait for the next morning: one run a day at most, when the server starts and nothing was ever prepared. */
async function queueFirstLists(database: Knex): Promise<void> {
	if (await database('insights').where({ kind: 'next_action' }).first('id')) return;
	await enqueue(database, [{ kind: 'actions.prepare', key: `actions.prepare:first:${isoOf(toParis(clockNow()).day)}` }]);
}

type Meta = { collection?: unknown; key?: unknown; keys?: readonly unknown[]; payload?: unknown };

const isWatched = (collection: unknown): collection is Watched => watched.some((one) => one === collection);

/** Whether a change of an insight is another room's: the list's own rows do not move the list, except that an answer makes room. */
const isAnswer = (collection: Watched, payload: unknown): boolean => collection !== 'insights' || 'state' in ((payload ?? {}) as object);

/** Wiring of the list of the day (docs/decisions/114). */
export default defineHook(({ action, filter }, context) => {
	const logger = roomLogger(context.logger, 'actions');
	const touched = new Touched(context.database, (error) => logger.warn({ err: forLog(error) }, 'changes could not be queued; the morning finds them'));
	guardInput(filter, 'insights', computedFields, checkInsight);
	treatWritten(filter, 'insights', treatInsights);
	// One listener for all collections: each more on a collection's own events costs on every write.
	action('items.create', ({ collection, key }: Meta) => {
		if (isWatched(collection)) touched.note(collection, [key]);
	});
	action('items.update', ({ collection, keys, payload }: Meta) => {
		if (isWatched(collection) && isAnswer(collection, payload)) touched.note(collection, keys ?? []);
	});
	filter('auth.jwt', async (payload, meta) => {
		if (meta['type'] !== 'login' || typeof meta['user'] !== 'string') return payload;
		try {
			await landOnDay(context.database, meta['user']);
		} catch (error) {
			// Where somebody lands is no reason to keep them out.
			logger.warn({ err: forLog(error) }, 'the first page of a login could not be set');
		}
		return payload;
	});
	action('server.start', () => {
		queueFirstLists(context.database).catch((error: unknown) => logger.warn({ err: forLog(error) }, 'the first lists could not be queued; the morning makes them'));
	});
}); // prettier-ignore
