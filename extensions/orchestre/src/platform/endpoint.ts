import type { EndpointConfig } from '@directus/types';
import { jobRoutes } from './jobs/routes.ts';
import { registeredRoutes } from './routes.ts';

/** Everything below /orchestre; rooms add their routes with `addRoutes`. */
const endpoint: EndpointConfig = {
	id: 'orchestre',
	handler(router, context) {
		for (const register of [jobRoutes, ...registeredRoutes()]) register(router, context);
	},
};

export default endpoint;
