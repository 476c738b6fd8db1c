import { createDirectus, customEndpoint, rest, staticToken } from '@directus/sdk';
import type { DirectusClient, RestClient, RestCommand, StaticTokenClient } from '@directus/sdk';
import type { JsonObject } from '../schema/snapshot.ts';

/** Rows are plain JSON here: the scripts treat every collection alike, so no schema type is given to the SDK. */
export type Row = JsonObject;

/** An @directus/sdk client over REST with a fixed token. */
export type Client = DirectusClient<object> & RestClient<object> & StaticTokenClient<object>;

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'SEARCH';

export const createClient = (url: string, token: string): Client => createDirectus<object>(url).with(staticToken(token)).with(rest());

/** Runs a command of the SDK; an error comes out with the server's words and, in front, what was being done. */
export async function run<T>(client: Client, what: string, command: RestCommand<T, object>): Promise<T> {
	try {
		return await client.request(command);
	} catch (error) {
		throw new Error(`${what}: ${messageOf(error)}`, { cause: error });
	}
}

/**
 * One call of the REST API by path, for code that treats system collections and our own alike (the SDK's typed
 * commands need the name of the collection at compile time).
 */
export const call = <T = unknown>(client: Client, method: Method, path: string, body?: unknown, params?: Record<string, unknown>): Promise<T> =>
	run<T>(
		client,
		`${method} ${path}`,
		customEndpoint<T>({ method, path, ...(params && { params }), ...(body !== undefined && { body: JSON.stringify(body) }) }),
	);

/** The server's own words of an SDK error, or the message of any other. */
export function messageOf(error: unknown): string {
	if (typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)) {
		return error.errors
			.map((item: { message?: string; extensions?: JsonObject }) =>
				`${item.message ?? 'unknown error'} ${item.extensions ? JSON.stringify(item.extensions) : ''}`.trim(),
			)
			.join('; ');
	}
	return error instanceof Error ? error.message : String(error);
}

/** REST path of a collection's rows: Directus keeps its own collections outside /items. */
export const pathOf = (collection: string): string =>
	collection.startsWith('directus_') ? `/${collection.slice('directus_'.length)}` : `/items/${collection}`;

/** All rows of a collection that match, not just the first page. */
export const readAll = (client: Client, collection: string, fields: string[] = ['*'], filter?: JsonObject): Promise<Row[]> =>
	call<Row[]>(client, 'SEARCH', pathOf(collection), { query: { fields, limit: -1, ...(filter && { filter }) } });
