import { defineHook } from '@directus/extensions-sdk';
import type { Accountability } from '../../platform/directus.ts';
import { notFound } from '../../platform/errors.ts';
import { isUuid } from '../../platform/input/fields.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { convertLead, previewConversion } from './convert.ts';
import { undoConversion } from './undo.ts';

type Request = { params: Record<string, string | undefined> };

/** POST /orchestre/leads/:id/convert and …/convert/undo, GET …/convert/preview. 400 with what is missing, 403, 404, 409 when there is nothing to undo. */
const routes: Routes = (router, context) => {
	const of = (request: unknown): [typeof context, Accountability | null, string] => {
		const { id } = (request as Request).params;
		if (!isUuid(id)) throw notFound('Ce lead n’existe pas.');
		return [context, (request as { accountability: Accountability | null }).accountability, id];
	};
	router.post(
		'/leads/:id/convert',
		asyncRoute(async (request, response) => {
			response.json({ data: await convertLead(...of(request)) });
		}),
	);
	router.get(
		'/leads/:id/convert/preview',
		asyncRoute(async (request, response) => {
			response.json({ data: await previewConversion(...of(request)) });
		}),
	);
	router.post(
		'/leads/:id/convert/undo',
		asyncRoute(async (request, response) => {
			response.json({ data: await undoConversion(...of(request)) });
		}),
	);
};

addRoutes('conversion', routes);

/** Wiring of the conversion of leads (docs/decisions/103). */
export default defineHook(() => {});
