/**
 * What a container of the product runs: brings the database up to date (one instance at a time), then Directus. nginx sends it
 * requests from when Directus answers steadily until it is told to end; then what is under way is finished.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment, root } from '../../support/environment.mjs';
import { untilCalm } from './calm.ts';
import { Draining } from './draining.ts';
import { provisionOnce } from './provision-once.ts';

/** From the sign to nginx until Directus stops listening: what nginx had already chosen this instance for arrives meanwhile. */
const drainMs = 2000;

process.chdir(root);
const environment = readEnvironment();
const instance = environment.INSTANCE || hostname();
const draining = new Draining(environment.DRAINING_FOLDER, instance);
const stop = new AbortController();
let server: ChildProcess | null = null;

const say = (line: string): void => console.log(`[${instance}] ${line}`);

async function open(): Promise<void> {
	await untilCalm(`http://127.0.0.1:${environment.PORT}`, stop.signal);
	if (stop.signal.aborted) return;
	draining.end();
	say('Prête.');
}

function serve(): void {
	server = fork('node_modules/@directus/api/dist/cli/run.js', ['start'], { env: environment });
	server.on('message', (message) => {
		if (message === 'ready') void open();
	});
	server.once('exit', (code, signal) => {
		draining.begin();
		say(stop.signal.aborted ? 'Arrêtée.' : `Directus s’est arrêté (${signal ?? `code ${code}`}).`);
		process.exit(stop.signal.aborted ? 0 : code || 1);
	});
}

async function end(): Promise<void> {
	if (stop.signal.aborted) return;
	draining.begin();
	say('Arrêt demandé : plus de nouvelle requête.');
	stop.abort();
	if (server) {
		await sleep(drainMs);
		server.kill('SIGTERM');
	} else {
		// The provision ends by the signal; a wait for the other instance's does not.
		await sleep(drainMs);
		process.exit(0);
	}
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end());

draining.begin();
if (environment.STORAGE_LOCAL_ROOT) mkdirSync(environment.STORAGE_LOCAL_ROOT, { recursive: true });
try {
	if (environment.DB_CLIENT === 'pg') await provisionOnce({ environment, demo: environment.DEMO === 'true', say, signal: stop.signal });
	else throw new Error('DB_CLIENT doit valoir pg : plusieurs instances ne partagent pas un fichier SQLite.');
	if (stop.signal.aborted) process.exit(0);
	serve();
} catch (error) {
	if (stop.signal.aborted) process.exit(0);
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
