import { defineHook } from '@directus/extensions-sdk';
import type { Accountability } from '../../platform/directus.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { simulate } from './simulate.ts';

/** POST /orchestre/assignment/simulate { weight_load, weight_expertise, weight_performance, weight_availability, newcomer_share }: reads, writes nothing. */
const routes: Routes = (router, context) => {
	router.post(
		'/assignment/simulate',
		asyncRoute(async (request, response) => {
			const { accountability, body } = request as unknown as { accountability: Accountability | null; body: unknown };
			response.json({ data: await simulate(context, accountability, body) });
		}),
	);
};

addRoutes('assignment-simulation', routes);

/** Wiring of the simulation of assignments (docs/decisions/109). */
export default defineHook(() => {});
