import type { Client, Method } from '../../scripts/support/client.ts';

export type FieldAnswer = {
	message: string;
	extensions: { code: string; field?: string; collection?: string; validation_message?: string; [key: string]: unknown };
};
export type Answer<T = { id: string }> = { status: number; data?: T; errors: FieldAnswer[] };

/** Status, data and errors of a call, which `call` would throw; by the client's own token. */
export async function ask<T = { id: string }>(client: Client & { url: URL }, method: Method, path: string, body?: unknown): Promise<Answer<T>> {
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${(await client.getToken()) ?? ''}` };
	const response = await fetch(new URL(path, client.url), { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
	const text = await response.text();
	return { errors: [], status: response.status, ...(text ? (JSON.parse(text) as Partial<Answer<T>>) : {}) };
}

/** The fields that an answer complains of. */
export const faultyFields = (answer: Answer<unknown>): (string | undefined)[] => answer.errors.map(({ extensions }) => extensions.field);
