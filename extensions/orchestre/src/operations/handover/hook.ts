import { defineHook } from '@directus/extensions-sdk';
import type { Accountability } from '../../platform/directus.ts';
import { notFound } from '../../platform/errors.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { keepHistory } from '../../platform/written.ts';
import { handOver, preview } from './hand-over.ts';
import { parseRequest } from './plan.ts';
import { undoHandover } from './undo.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const caller = (request: unknown): Accountability | null => (request as { accountability: Accountability | null }).accountability;

/**
 * POST /orchestre/handovers/preview and /orchestre/handovers { from, to | toTeam, leadsByRules? }, POST /orchestre/handovers/:id/undo.
 * 403 outside one's team, 409 when there is nothing (any more) to do.
 */
const routes: Routes = (router, context) => {
	router.post(
		'/handovers/preview',
		asyncRoute(async (request, response) => {
			response.json({ data: await preview(context, caller(request), parseRequest(request.body)) });
		}),
	);
	router.post(
		'/handovers',
		asyncRoute(async (request, response) => {
			response.json({ data: await handOver(context, caller(request), parseRequest(request.body)) });
		}),
	);
	router.post(
		'/handovers/:id/undo',
		asyncRoute(async (request, response) => {
			const id = String(request.params['id']);
			if (!uuid.test(id)) throw notFound('Cette transmission n’existe pas.');
			response.json({ data: await undoHandover(context, caller(request), id) });
		}),
	);
};

addRoutes('handover', routes);

/** Wiring of hand-overs (docs/decisions/071): the record of what moved is the product's alone, or an undo would move anything. */
export default defineHook(({ filter }) => {
	keepHistory(filter, 'handovers', 'Les transmissions sont tenues par Orchestre : elles se font et s’annulent par leurs boutons.');
});
