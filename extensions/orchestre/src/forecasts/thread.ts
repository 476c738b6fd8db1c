import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { OperationalError } from '../platform/errors.ts';
import { make, type Made } from './model/make.ts';
import type { History } from './model/types.ts';

type Errand = { purpose: 'orchestre.forecasts.make'; history: History; day: number; seed: number };

const purpose = 'orchestre.forecasts.make';

/** `make` in a thread of its own, so that the server goes on answering. Throws an operational error when it is aborted or runs out of memory. */
export async function makeInThread(history: History, day: number, seed: number, signal?: AbortSignal): Promise<Made> {
	signal?.throwIfAborted();
	// The thread runs this very module: this file from sources, the whole bundle once built; the last lines tell it what it is.
	const url = new URL(import.meta.url);
	url.search = '';
	const errand: Errand = { purpose, history, day, seed };
	const worker = new Worker(url, { workerData: errand, resourceLimits: { maxOldGenerationSizeMb: 1024 }, env: { TZ: process.env['TZ'] ?? 'Europe/Paris' } });
	const stop = (): void => void worker.terminate();
	signal?.addEventListener('abort', stop, { once: true });
	try {
		return await new Promise<Made>((resolve, reject) => {
			worker.on('message', resolve);
			worker.on('error', reject);
			worker.on('exit', () => reject(new OperationalError('Le calcul de la prévision s’est arrêté avant la fin.')));
		});
	} finally {
		signal?.removeEventListener('abort', stop);
		await worker.terminate();
	}
}

if (!isMainThread && (workerData as Partial<Errand> | null)?.purpose === purpose) {
	const { history, day, seed } = workerData as Errand;
	parentPort?.postMessage(make(history, day, seed), []);
}
