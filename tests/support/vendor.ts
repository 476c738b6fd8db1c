import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** `body`: as it was sent. */
export type Asked = { method: string; path: string; query: Record<string, string>; headers: IncomingMessage['headers']; body: string };
type Answers = (asked: Asked, response: ServerResponse) => void;

export type Vendor = { url: string; asked: Asked[]; answer: (how: Answers) => void; close: () => Promise<void> };

export const json = (response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void =>
	void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** A stand-in for an outside service: a real HTTP server in this process, which remembers what it was asked. */
export async function openVendor(): Promise<Vendor> {
	const asked: Asked[] = [];
	let answers: Answers = (_asked, response) => json(response, {}, 404);
	const server = createServer(async (request, response) => {
		const url = new URL(request.url ?? '/', 'http://x');
		const body = await text(request);
		const { method = '', headers } = request;
		const one = { method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers, body };
		asked.push(one);
		answers(one, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		answer: (how) => void (answers = how),
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}
