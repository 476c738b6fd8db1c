import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export type Server = { url: string; token: string; pid: number; stop: () => Promise<void>; kill: () => Promise<void> };

/** A Directus in a process of its own on `port`, for benchmarks and for tests that kill it or need the app, signed in as administrator. `env` is all that it gets beside PATH. */
export async function startServer(port: number, env: Record<string, string>, login: { email: string; password: string }): Promise<Server> {
	const child: ChildProcess = spawn(process.execPath, ['node_modules/directus/cli.js', 'start'], {
		env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, HOST: '127.0.0.1', PORT: String(port) },
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	// Whoever started it takes it along, however it ends.
	const killed = (): void => void child.kill('SIGKILL');
	process.once('exit', killed);
	child.once('exit', () => process.off('exit', killed));
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		child.kill(signal);
		if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
	};
	const url = `http://127.0.0.1:${port}`;
	const deadline = Date.now() + 60_000;
	for (;;) {
		if (child.exitCode !== null) throw new Error(`Directus ended with code ${child.exitCode}`);
		if (Date.now() > deadline) throw new Error('Directus did not answer within a minute');
		const answer = await fetch(`${url}/server/ping`).catch(() => null);
		if (answer?.ok) break;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	const answer = await fetch(`${url}/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(login) });
	if (!answer.ok) {
		const words = await answer.text();
		await end('SIGKILL');
		throw new Error(`Nobody can sign in: ${answer.status} ${words}`);
	}
	const { data } = (await answer.json()) as { data: { access_token: string } };
	return {
		url,
		token: data.access_token,
		pid: child.pid ?? 0,
		stop: () => end('SIGTERM'),
		kill: () => end('SIGKILL'),
	};
}

/** The data that a GET answers; throws with the server's words when it is refused. `token` is somebody else's. */
export async function get<T = unknown>(server: Pick<Server, 'url' | 'token'>, path: string, token = server.token): Promise<T> {
	const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
	if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
	return ((await answer.json()) as { data: T }).data;
}

/** POST that throws with the server's words when it is refused. */
export async function must(server: Server, path: string, body: unknown): Promise<void> {
	const answer = await send(server, path, body);
	if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
	await answer.arrayBuffer();
}

/** PATCH that throws with the server's words when it is refused. */
export async function change(server: Server, path: string, body: unknown): Promise<void> {
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.token}` };
	const answer = await fetch(server.url + path, { method: 'PATCH', headers, body: JSON.stringify(body) });
	if (!answer.ok) throw new Error(`PATCH ${path}: ${answer.status} ${await answer.text()}`);
	await answer.arrayBuffer();
}

/** POST that answers whether it succeeded. */
export const post = async (server: Server, path: string, body: unknown): Promise<boolean> => {
	const answer = await send(server, path, body);
	await answer.arrayBuffer();
	return answer.ok;
};

const send = (server: Server, path: string, body: unknown): Promise<Response> =>
	fetch(server.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
		body: JSON.stringify(body),
	});
