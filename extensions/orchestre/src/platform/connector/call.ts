import type { Knex } from '../directus.ts';
import { throughConnector } from './through.ts';
import type { Call, Connector } from './types.ts';

/**
 * One GET of an outside service that has no SDK of its own, its answer checked. Statuses in `accepts` come as null to the call's own
 * schema. Throws as `throughConnector` does.
 */
export function callConnector<T>(knex: Knex, connector: Connector, { path, query = {}, answer, accepts = [] }: Call<T>): Promise<T> {
	return throughConnector(knex, connector, async ({ access, fetch }) => {
		const url = new URL(`${access.baseUrl.replace(/\/+$/, '')}${path}`);
		for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
		const response = await fetch(url, { headers: { accept: 'application/json', 'user-agent': 'Orchestre (CRM)', ...access.headers } });
		// What is no answer at all does not fit any schema: the line says what the status means.
		return answer.parse(response.ok ? await response.json() : accepts.includes(response.status) ? null : undefined);
	});
}
