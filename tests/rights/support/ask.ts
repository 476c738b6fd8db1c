import type { Actor } from './cast.ts';

export type Reply = { status: number; data: unknown; errors: { message: string; extensions?: { code?: string } }[]; text: string };

/** Asks a Directus in an actor's name. Never throws for an answer, whatever its status. */
export async function ask(url: string, { token }: Pick<Actor, 'token'>, method: string, path: string, body?: unknown): Promise<Reply> {
	const headers: Record<string, string> = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
	const response = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
	const text = await response.text();
	const json = response.headers.get('content-type')?.includes('json') && text ? (JSON.parse(text) as { data?: unknown; errors?: Reply['errors'] }) : {};
	return { status: response.status, data: json.data, errors: json.errors ?? [], text };
}

export const query = (url: string, actor: Pick<Actor, 'token'>, collection: string, asked: Record<string, unknown>): Promise<Reply> =>
	ask(url, actor, 'SEARCH', `/items/${collection}`, { query: asked });

/** An answer that keeps something from its caller: not signed in, forbidden. */
export const isRefused = ({ status }: Reply): boolean => status === 401 || status === 403;

export const wordsOf = ({ status, errors }: Reply): string => `${status} ${errors.map(({ message }) => message).join('; ')}`.slice(0, 200);

/** Runs `work` for every item, `width` at a time. */
export async function each<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
	const queue = [...items];
	await Promise.all(
		Array.from({ length: width }, async () => {
			for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
		}),
	);
}
