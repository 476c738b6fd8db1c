import type { Host } from '../../extensions/orchestre/src/platform/directus.ts';
import type { TestDirectus } from './directus.ts';

/** What Directus hands to background work, for tests that run jobs themselves instead of waiting for the worker. */
export async function hostOf({ database }: TestDirectus): Promise<Host> {
	const [services, { getSchema }, { useLogger }] = await Promise.all([
		import('@directus/api/services/index'),
		import('@directus/api/utils/get-schema'),
		import('@directus/api/logger/index'),
	]);
	return { services: services as unknown as Host['services'], database, getSchema, logger: useLogger() };
}
