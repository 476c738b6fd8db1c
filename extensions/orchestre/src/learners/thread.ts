import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { develop, type Developed, type Order } from './develop.ts';
import { NotLearnable } from './table.ts';

type Errand = { purpose: 'orchestre.learners.develop'; order: Order };
type FromWorker = { developed: Developed } | { notLearnable: string };

export type Limits = { timeoutMs?: number; heapMb?: number; signal?: AbortSignal };

/** One training at a time: it takes a whole core, and the server has few. */
let queue: Promise<unknown> = Promise.resolve();

const tooLong = (ms: number): NotLearnable =>
	new NotLearnable(`L’apprentissage a dépassé ${Math.round(ms / 1000)} secondes : il a été arrêté, le modèle en place reste en service.`);

/**
 * `develop` in a thread of its own, so that the server goes on answering: one at a time, 60 s, 512 MB of heap. Throws `NotLearnable`
 * with a French sentence when nothing can be learnt or a limit is reached, and the signal's reason when it is aborted, also while
 * it waits for its turn. Time spent waiting does not count.
 */
export function developInThread(order: Order, limits: Limits = {}): Promise<Developed> {
	const turn = queue.then(() => run(order, limits));
	queue = turn.catch(() => undefined);
	return abortable(turn, limits.signal);
}

function abortable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) return promise;
	return new Promise((resolve, reject) => {
		const stop = (): void => reject(signal.reason as Error);
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}

async function run(order: Order, { timeoutMs = 60_000, heapMb = 512, signal }: Limits): Promise<Developed> {
	signal?.throwIfAborted();
	// The thread runs this very module: this file from sources, the whole bundle once built; the last lines tell it what it is.
	const url = new URL(import.meta.url);
	url.search = '';
	const worker = new Worker(url, {
		workerData: { purpose: 'orchestre.learners.develop', order } satisfies Errand,
		resourceLimits: { maxOldGenerationSizeMb: heapMb },
		// What the server knows of its surroundings is none of the thread's business.
		env: { TZ: process.env['TZ'] ?? 'Europe/Paris' },
	});
	let timer: NodeJS.Timeout | undefined;
	const stop = (): void => void worker.terminate();
	signal?.addEventListener('abort', stop, { once: true });
	try {
		return await new Promise<Developed>((resolve, reject) => {
			timer = setTimeout(() => reject(tooLong(timeoutMs)), timeoutMs);
			worker.on('message', (message: FromWorker) => ('developed' in message ? resolve(message.developed) : reject(new NotLearnable(message.notLearnable))));
			worker.on('error', (error: NodeJS.ErrnoException) => {
				const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
				reject(isMemory ? new NotLearnable('L’apprentissage demande trop de mémoire : réduisez le nombre de colonnes ou de lignes.') : error);
			});
			worker.on('exit', () => reject(new Error('the training thread ended early')));
		});
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', stop);
		await worker.terminate();
	}
}

function work({ order }: Errand): void {
	const say = (message: FromWorker): void => parentPort?.postMessage(message, []);
	try {
		say({ developed: develop(order) });
	} catch (error) {
		if (!(error instanceof NotLearnable)) throw error;
		say({ notLearnable: error.message });
	}
}

if (!isMainThread && (workerData as Partial<Errand> | null)?.purpose === 'orchestre.learners.develop') work(workerData as Errand);
