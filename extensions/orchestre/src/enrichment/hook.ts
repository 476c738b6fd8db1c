import { defineHook } from '@directus/extensions-sdk';
import type { Request } from 'express';
import type { Accountability } from '../platform/directus.ts';
import { notFound } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { addRoutes, asyncRoute, type Routes } from '../platform/routes.ts';
import { enrichmentView, enrichNow } from './ask.ts';
import './job.ts';

const of = (request: Request): [Accountability | null, string] => {
	const { id } = request.params;
	if (!isUuid(id)) throw notFound('Cette fiche n’existe pas.');
	return [(request as unknown as { accountability: Accountability | null }).accountability, id];
};

/** GET /orchestre/:collection/:id/enrichment, and POST for one look-up now; `siren` in the body is a person's choice. 400, 403, 404, 503. */
const routes: Routes = (router, context) => {
	for (const collection of ['companies', 'leads', 'people'] as const) {
		router.get(
			`/${collection}/:id/enrichment`,
			asyncRoute(async (request, response) => {
				const [accountability, id] = of(request);
				response.json({ data: await enrichmentView(context, accountability, collection, id) });
			}),
		);
		router.post(
			`/${collection}/:id/enrichment`,
			asyncRoute(async (request, response) => {
				const [accountability, id] = of(request);
				response.json({ data: await enrichNow(context, accountability, collection, [id], (request.body as { siren?: unknown } | undefined)?.siren) });
			}),
		);
	}
};

addRoutes('enrichment', routes);

/** Wiring of the enrichment room (docs/decisions/108). */
export default defineHook(() => {});
