import { availableParallelism } from 'node:os';
import { OperationalError } from '../../platform/errors.ts';
import { sharedState } from '../../platform/shared-state.ts';
import { processLimits } from './limits.ts';
import { missingPackages } from './packages.ts';
import type { Order } from './protocol.ts';
import { Worker, type Outcome, type Times } from './worker.ts';

type Waiting = { begin: () => void; drop: (error: Error) => void };

/** Processes that read: one, or two where there are cores to spare; the server needs one for itself. */
const most = Math.max(1, Math.min(2, availableParallelism() - 1));

/** A bounded queue before long-lived processes: each is replaced after some files, and by a new one when a file was the end of it. */
class Pool {
	#idle: { worker: Worker; timer: NodeJS.Timeout }[] = [];
	#all = new Set<Worker>();
	#busy = 0;
	#waiting: Waiting[] = [];

	/** Ids of the processes that run. */
	get pids(): number[] {
		return [...this.#all].filter(({ isAlive }) => isAlive).map(({ pid }) => pid ?? 0);
	}

	async run(order: Order, times: Times, signal?: AbortSignal): Promise<Outcome<Order['kind']>> {
		signal?.throwIfAborted();
		await this.#turn(signal);
		const worker = this.#take();
		let isSpent = true;
		try {
			const outcome = await worker.run(order, times, signal);
			({ isSpent } = outcome);
			return outcome;
		} finally {
			if (isSpent || worker.isOld || !worker.isAlive) this.#end(worker);
			else this.#rest(worker);
			// Its place goes straight to whoever waits the longest.
			const next = this.#waiting.shift();
			if (next) next.begin();
			else this.#busy--;
		}
	}

	/** Ends all processes; what they were at is answered as out of memory, what waits is refused. */
	end(): void {
		for (const { drop } of this.#waiting.splice(0)) drop(new OperationalError('La lecture des documents s’arrête avec le serveur.'));
		for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
		for (const worker of this.#all) this.#end(worker);
	}

	async #turn(signal?: AbortSignal): Promise<void> {
		if (this.#busy < most) {
			this.#busy++;
			return;
		}
		if (this.#waiting.length >= processLimits.queue) throw new OperationalError('Trop de documents attendent d’être lus : réessayez dans quelques minutes.');
		await new Promise<void>((resolve, reject) => {
			const waiting: Waiting = { begin: () => resolve(), drop: reject };
			this.#waiting.push(waiting);
			signal?.addEventListener('abort', () => {
				const at = this.#waiting.indexOf(waiting);
				if (at < 0) return;
				this.#waiting.splice(at, 1);
				reject(signal.reason as Error);
			});
		});
	}

	#take(): Worker {
		for (let resting = this.#idle.pop(); resting; resting = this.#idle.pop()) {
			clearTimeout(resting.timer);
			if (resting.worker.isAlive) return resting.worker;
			this.#all.delete(resting.worker);
		}
		const worker = new Worker();
		this.#all.add(worker);
		return worker;
	}

	#rest(worker: Worker): void {
		const timer = setTimeout(() => {
			this.#idle = this.#idle.filter((one) => one.worker !== worker);
			this.#end(worker);
		}, processLimits.idleMs).unref();
		this.#idle.push({ worker, timer });
	}

	#end(worker: Worker): void {
		worker.kill();
		this.#all.delete(worker);
	}
}

const state = sharedState('reading', () => {
	const pool = new Pool();
	process.once('exit', () => pool.end());
	return { pool };
});

/** Ids of the reading processes, for whoever measures them. */
export const readingProcesses = (): number[] => state.pool.pids;

/** Ends the reading processes; they start again with the next file. */
export const endReading = (): void => state.pool.end();

/** Has an order carried out in a process of its own, when its turn comes. Throws an operational error when it cannot be, `signal`'s reason when aborted. */
export async function carryOut<K extends Order['kind']>(order: Extract<Order, { kind: K }>, times: Partial<Times>, signal?: AbortSignal): Promise<Outcome<K>> {
	const missing = missingPackages();
	if (missing) throw new OperationalError(missing);
	const { openMs, pageMs } = processLimits;
	// The child answers what it was asked for.
	return (await state.pool.run(order, { openMs, pageMs, ...times }, signal)) as Outcome<K>;
}
