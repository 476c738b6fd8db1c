import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerOrder } from './worker-process.ts';

const script = fileURLToPath(new URL('worker-process.ts', import.meta.url));

/** Starts a worker process; it inherits nothing of the test's own Directus settings but the path. */
export const startProcess = (order: WorkerOrder): ChildProcess =>
	spawn(process.execPath, ['--no-warnings', script], {
		env: { PATH: process.env['PATH'], WORKER: JSON.stringify(order) },
		stdio: ['ignore', 'pipe', 'inherit'],
	});

/** How the process ended: its exit code, or the signal that killed it. */
export async function ended(child: ChildProcess): Promise<number | string> {
	const [code, signal] =
		child.exitCode === null && child.signalCode === null ? ((await once(child, 'exit')) as [number | null, string | null]) : [child.exitCode, child.signalCode];
	return code ?? signal ?? 'unknown';
}

export const runProcess = (order: WorkerOrder): Promise<number | string> => ended(startProcess(order));

/** Until the process says that it is ready, or ends. */
const isReady = (child: ChildProcess): Promise<unknown> => Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);

/** Kills the process `ms` after it began to work. */
export async function killDuringWork(child: ChildProcess, ms: number): Promise<number | string> {
	await isReady(child);
	await new Promise((resolve) => setTimeout(resolve, ms));
	child.kill('SIGKILL');
	return ended(child);
}
