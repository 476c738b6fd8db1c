import { defineHook } from '@directus/extensions-sdk';
import type { Request } from 'express';
import type { Accountability } from '../../platform/directus.ts';
import { notFound } from '../../platform/errors.ts';
import { isUuid } from '../../platform/input/fields.ts';
import { forLog, roomLogger } from '../../platform/log.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { treatWritten } from '../../platform/written.ts';
import { wireRenewals } from '../renewals/wire.ts';
import { answerProposal } from './answer.ts';
import { keepDecided } from './decided.ts';
import { createDeal } from './deal.ts';
import './jobs.ts';
import { queueFirstLook } from './first.ts';
import { noteOutcomes } from './outcome.ts';
import { searchNow } from './search.ts';
import { growthView } from './view.ts';

const of = (request: Request): [Accountability | null, string] => {
	const { id } = request.params;
	if (!isUuid(id)) throw notFound('Cette fiche n’existe pas.');
	return [(request as unknown as { accountability: Accountability | null }).accountability, id];
};

/**
 * GET /orchestre/companies/:id/growth (the panel), POST to look now; POST /orchestre/insights/:id/create-deal → the deal;
 * POST /orchestre/insights/:id/answer with { answer: 'refuse', reason } or { answer: 'snooze', days }. 400, 403, 404, 409.
 */
const routes: Routes = (router, context) => {
	router.get(
		'/companies/:id/growth',
		asyncRoute(async (request, response) => void response.json({ data: await growthView(context, ...of(request)) })),
	);
	router.post(
		'/companies/:id/growth',
		asyncRoute(async (request, response) => void response.json({ data: await searchNow(context, ...of(request)) })),
	);
	router.post(
		'/insights/:id/create-deal',
		asyncRoute(async (request, response) => void response.json({ data: await createDeal(context, ...of(request)) })),
	);
	router.post(
		'/insights/:id/answer',
		asyncRoute(async (request, response) => void response.json({ data: await answerProposal(context, ...of(request), request.body) })),
	);
};

addRoutes('growth', routes);

/** Wiring of growth (docs/decisions/113): proposals are found by night, answered by people, and closed by what becomes of their deal. */
export default defineHook(({ action, filter }, { database, logger }) => {
	action('server.start', () => {
		queueFirstLook(database).catch((error: unknown) =>
			roomLogger(logger, 'growth').warn({ err: forLog(error) }, 'the first look could not be queued; the night does it'),
		);
	});
	treatWritten(filter, 'opportunities', noteOutcomes);
	treatWritten(filter, 'insights', keepDecided);
	wireRenewals(filter);
});
