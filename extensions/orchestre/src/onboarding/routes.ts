import type { Request } from 'express';
import type { Accountability } from '../platform/directus.ts';
import { notFound } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { addRoutes, asyncRoute, type Routes } from '../platform/routes.ts';
import { planOf, replayBranch } from './overview.ts';
import { surveyRoutes } from './survey-routes.ts';

const accountabilityOf = (request: Request): Accountability | null => (request as unknown as { accountability: Accountability | null }).accountability;

function idOf(request: Request): string {
	const { id } = request.params;
	if (!isUuid(id)) throw notFound('Ce projet n’existe pas.');
	return id;
}

/** GET /orchestre/projects/:id/plan → { data: PlanView }; POST …/branches/:branch/replay → { data: BranchView }. 403, 404, 409. */
const planRoutes: Routes = (router, context) => {
	router.get(
		'/projects/:id/plan',
		asyncRoute(async (request, response) => {
			response.json({ data: await planOf(context, accountabilityOf(request), idOf(request)) });
		}),
	);
	router.post(
		'/projects/:id/branches/:branch/replay',
		asyncRoute(async (request, response) => {
			response.json({ data: await replayBranch(context, accountabilityOf(request), idOf(request), request.params['branch'] ?? '') });
		}),
	);
};

addRoutes('onboarding', (router, context) => {
	planRoutes(router, context);
	surveyRoutes(router, context);
});
