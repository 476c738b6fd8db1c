import type { Accountability } from '../directus.ts';
import { notFound } from '../errors.ts';
import { asyncRoute, type Routes } from '../routes.ts';
import { replayNow } from './replay-now.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** POST /orchestre/jobs/:id/replay → { data: counts }. 403 without the right to change the job, 404 unknown, 409 running or done. */
export const jobRoutes: Routes = (router, context) => {
	router.post(
		'/jobs/:id/replay',
		asyncRoute(async (request, response) => {
			const id = String(request.params['id']);
			if (!uuid.test(id)) throw notFound('Ce travail n’existe pas.');
			const { accountability } = request as unknown as { accountability: Accountability | null };
			response.json({ data: await replayNow(context, accountability, [id]) });
		}),
	);
};
