import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { path: string; query: Record<string, string>; headers: IncomingMessage['headers'] };
type Answers = (asked: Asked, response: ServerResponse) => void;

export type Vendor = { url: string; asked: Asked[]; answer: (how: Answers) => void; close: () => Promise<void> };

export const json = (response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void =>
	void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** A stand-in for an outside service: a real HTTP server in this process, which remembers what it was asked. */
export async function openVendor(): Promise<Vendor> {
	const asked: Asked[] = [];
	let answers: Answers = (_asked, response) => json(response, {}, 404);
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://x');
		const one = { path: url.pathname, query: Object.fromEntries(url.searchParams), headers: request.headers };
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
