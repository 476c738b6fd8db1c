import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { childPurpose, childUrl } from '../child.ts';
import { processLimits } from './limits.ts';
import type { FromChild, Order, Result } from './protocol.ts';
import { refusals } from './refusals.ts';
import type { Refusal } from '../types.ts';

/** How an order came out: its result, or why there is none. `isSpent`: the process is gone or must go. */
export type Outcome<K extends Order['kind']> =
	{ result: Result[K]; isSpent: boolean } | { refusal: Refusal; isSpent: true } | { message: string; isSpent: false };

export type Times = { openMs: number; pageMs: number };

/** Reading gives way to whoever waits for an answer. */
const niceness = 10;

/** Neither secrets nor options of the server; of this machine it may read files and start threads (Node's permission model). */
export const childOptions = (): ForkOptions => ({
	env: { TZ: process.env['TZ'] ?? 'Europe/Paris', ...(process.env['READING_DEBUG'] ? { READING_DEBUG: '1' } : {}) },
	execArgv: [
		`--max-old-space-size=${processLimits.heapMb}`,
		'--permission',
		'--allow-fs-read=*',
		'--allow-worker',
		'--allow-addons',
		'--disable-warning=ExperimentalWarning',
		'--disable-warning=SecurityWarning',
	],
	stdio: ['ignore', 'ignore', process.env['READING_DEBUG'] ? 'inherit' : 'ignore', 'ipc'],
	serialization: 'advanced',
});

/** One process that reads files, one at a time. It holds nobody up: an idle one ends with its parent. */
export class Worker {
	#child: ChildProcess;
	#done = 0;

	constructor() {
		this.#child = fork(fileURLToPath(childUrl), [childPurpose], childOptions());
		try {
			setPriority(this.#child.pid ?? 0, niceness);
		} catch {
			// Where priorities cannot be set, it reads at the usual one.
		}
		this.#hold(false);
	}

	get pid(): number | undefined {
		return this.#child.pid;
	}

	get isAlive(): boolean {
		return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected;
	}

	/** Whether it has read so many files that a new one should take its place. */
	get isOld(): boolean {
		return this.#done >= processLimits.files;
	}

	kill(): void {
		this.#child.kill('SIGKILL');
	}

	/** Only a process that works keeps its parent alive. */
	#hold(isBusy: boolean): void {
		if (isBusy) {
			this.#child.ref();
			this.#child.channel?.ref();
		} else {
			this.#child.unref();
			this.#child.channel?.unref();
		}
	}

	/** Has an order carried out; never throws but for `signal`. A process that takes too long is killed, one that took too much memory killed itself. */
	async run(order: Order, { openMs, pageMs }: Times, signal?: AbortSignal): Promise<Outcome<Order['kind']>> {
		const child = this.#child;
		this.#hold(true);
		let timer: NodeJS.Timeout | undefined;
		let isLate = false;
		const allow = (ms: number): void => {
			clearTimeout(timer);
			timer = setTimeout(() => {
				isLate = true;
				this.kill();
			}, ms);
		};
		const abort = (): void => this.kill();
		signal?.addEventListener('abort', abort, { once: true });
		const ended = new AbortController();
		try {
			return await new Promise<Outcome<Order['kind']>>((resolve) => {
				const lost = (): void => resolve({ refusal: isLate ? refusals.timedOut() : refusals.outOfMemory(), isSpent: true });
				const hear = (message: FromChild): void => {
					if (message.kind === 'step') allow(pageMs);
					if (message.kind === 'failed') resolve({ message: message.message, isSpent: false });
					if (message.kind === 'done') resolve({ result: message.result, isSpent: message.spent });
				};
				child.on('message', hear).on('exit', lost).on('error', lost);
				ended.signal.addEventListener('abort', () => child.off('message', hear).off('exit', lost).off('error', lost));
				allow(openMs);
				child.send(order, (error) => {
					if (error) lost();
				});
			});
		} finally {
			clearTimeout(timer);
			ended.abort();
			signal?.removeEventListener('abort', abort);
			signal?.throwIfAborted();
			this.#done++;
			if (this.isAlive) this.#hold(false);
		}
	}
}
