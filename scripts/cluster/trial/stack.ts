import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../support/environment.mjs';

export const instances = ['directus-1', 'directus-2'] as const;
export type Instance = (typeof instances)[number];

/** What Docker needs of this process's environment; nothing of the product's, which Compose would put before the trial's. */
const environment = Object.fromEntries(
	Object.entries(process.env).filter(([name]) =>
		/^(PATH|HOME|USER|XDG_RUNTIME_DIR|DOCKER_.*|COMPOSE_DOCKER_CLI_BUILD|(DIRECTUS|NGINX|REDIS|POSTGRES)_IMAGE)$/.test(name),
	),
);

/** Runs a command to its end and hands out what it wrote; a failure carries the last lines. */
export function run(command: string, args: readonly string[]): Promise<string> {
	const child = spawn(command, args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) =>
			code === 0
				? resolve(output)
				: reject(new Error(`${command} ${args.slice(-3).join(' ')} : code ${code}\n${(output + errors).trimEnd().split('\n').slice(-15).join('\n')}`)),
		);
	});
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** `docker compose`, or Debian's `docker-compose`. */
async function composeCommand(): Promise<string[]> {
	const isPlugin = await run('docker', ['compose', 'version']).then(
		() => true,
		() => false,
	);
	return isPlugin ? ['docker', 'compose'] : ['docker-compose'];
}

/** One run of docker-compose.yml under a name, on ports and with secrets of its own. */
export class Stack {
	readonly project: string;
	readonly #compose: string[];
	readonly #folder: string;
	readonly #urls: Record<Instance | 'nginx', string>;
	readonly admin: { email: string; password: string };

	private constructor(compose: string[], ports: [number, number, number]) {
		this.project = `orchestre-trial-${randomBytes(3).toString('hex')}`;
		this.#folder = mkdtempSync(join(tmpdir(), `${this.project}-`));
		const [nginx, first, second] = ports;
		this.#urls = { nginx: `http://127.0.0.1:${nginx}`, 'directus-1': `http://127.0.0.1:${first}`, 'directus-2': `http://127.0.0.1:${second}` };
		this.admin = { email: 'admin@example.com', password: randomBytes(18).toString('hex') };
		const file = join(this.#folder, 'env');
		const lines = {
			SECRET: randomBytes(32).toString('hex'),
			DB_PASSWORD: randomBytes(16).toString('hex'),
			ADMIN_EMAIL: this.admin.email,
			ADMIN_PASSWORD: this.admin.password,
			PUBLIC_URL: this.#urls.nginx,
			HTTP_BIND: `127.0.0.1:${nginx}`,
			IMAGE: this.project,
			ENV_FILE: file,
			TRIAL_PORT_1: first,
			TRIAL_PORT_2: second,
		};
		const text = Object.entries(lines).map(([name, value]) => `${name}=${value}\n`);
		writeFileSync(file, text.join(''), { mode: 0o600 });
		this.#compose = [...compose, '--project-name', this.project, '--env-file', file, '-f', 'docker-compose.yml', '-f', 'scripts/cluster/trial/ports.yml'];
	}

	static async create(): Promise<Stack> {
		return new Stack(await composeCommand(), [await freePort(), await freePort(), await freePort()]);
	}

	/** Address of nginx or, past it, of one instance. */
	url(name: Instance | 'nginx'): string {
		return this.#urls[name];
	}

	compose(...args: string[]): Promise<string> {
		const [command = 'docker', ...rest] = this.#compose;
		return run(command, [...rest, ...args]);
	}

	/** Id of the container of a service. */
	async container(service: string): Promise<string> {
		return (await this.compose('ps', '-q', service)).trim();
	}

	/** Rows of a query as the database writes JSON. */
	async rows<Row>(query: string): Promise<Row[]> {
		const text = await this.compose('exec', '-T', 'postgres', 'psql', '-U', 'orchestre', '-d', 'orchestre', '-Atc', `select to_json(q) from (${query}) q`);
		return text
			.split('\n')
			.filter((line) => line.startsWith('{'))
			.map((line) => JSON.parse(line) as Row);
	}

	/** Waits until an instance is open for requests from nginx and healthy, or says what its log ends with. */
	async ready(instance: Instance, patienceMs = 600_000): Promise<void> {
		const deadline = Date.now() + patienceMs;
		while (!(await this.#isReady(instance))) {
			if (Date.now() > deadline) throw new Error(`${instance} n’est pas prête :\n${(await this.compose('logs', '--tail=20', instance)).trimEnd()}`);
			await sleep(1000);
		}
	}

	async #isReady(instance: Instance): Promise<boolean> {
		const isOpen = await this.compose('exec', '-T', 'nginx', 'test', '!', '-e', `/run/orchestre/${instance}`).then(
			() => true,
			() => false,
		);
		if (!isOpen) return false;
		const answer = await fetch(`${this.url(instance)}/server/health`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
		return answer?.ok ?? false;
	}

	/** Containers, networks, volumes, the image and the secrets go. */
	async remove(): Promise<void> {
		await this.compose('down', '--volumes', '--remove-orphans', '--timeout', '5');
		await run('docker', ['image', 'rm', this.project]).catch(() => '');
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
