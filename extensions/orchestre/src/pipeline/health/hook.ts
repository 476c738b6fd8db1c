import { defineHook } from '@directus/extensions-sdk';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, type Accountability } from '../../platform/directus.ts';
import { notFound } from '../../platform/errors.ts';
import { isUuid } from '../../platform/input/fields.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { treatWritten, type Treatment } from '../../platform/written.ts';
import { planAction } from './plan.ts';
import { touchDealsOf } from './touch.ts';
import './jobs/index.ts';

/** POST /orchestre/opportunities/:id/plan-action → { data: the task }. 403, 404, 409 when there is nothing to plan. */
const routes: Routes = (router, context) => {
	router.post(
		'/opportunities/:id/plan-action',
		asyncRoute(async (request, response) => {
			const id = request.params['id'];
			if (!isUuid(id)) throw notFound('Cette affaire n’existe pas.');
			const { accountability } = request as unknown as { accountability: Accountability | null };
			response.json({ data: await planAction(context, accountability, id) });
		}),
	);
};

addRoutes('health', routes);

/** An alert knows when and by whom it was dealt with. */
const treatAlerts: Treatment = async (trx, written) => {
	for (const part of chunks(written.filter(({ set }) => 'state' in set))) {
		for (const { id, user, set } of part) {
			const done = set['state'] === 'done';
			await trx('alerts')
				.where({ id })
				.update({ done_at: done ? clockNow() : null, done_by: done ? user : null });
		}
	}
};

/** Wiring of the health of deals (docs/decisions/105): what is written about a deal is judged with it. */
export default defineHook(({ filter }) => {
	for (const table of ['tasks', 'interactions', 'planning', 'opportunity_contacts']) treatWritten(filter, table, touchDealsOf(table));
	treatWritten(filter, 'alerts', treatAlerts);
});
