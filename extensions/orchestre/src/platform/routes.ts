import type { EndpointConfig } from '@directus/types';
import type { Request, RequestHandler, Response } from 'express';
import { sharedState } from './shared-state.ts';

/** Registers routes on the router below /orchestre. */
export type Routes = Extract<EndpointConfig, (...args: never[]) => unknown>;

const routes = sharedState('routes', () => new Map<string, Routes>());

/** Adds a room's routes below /orchestre; called when the room's module is loaded, once per `room`. */
export function addRoutes(room: string, register: Routes): void {
	routes.set(room, register);
}

export const registeredRoutes = (): Routes[] => [...routes.values()];

type Handler = (request: Request, response: Response) => Promise<void>;

/** Express 4 knows nothing of promises: hands what an async handler throws to Directus's error answer. */
export const asyncRoute =
	(handle: Handler): RequestHandler =>
	async (request, response, next) => {
		try {
			await handle(request, response);
		} catch (error) {
			next(error);
		}
	};
