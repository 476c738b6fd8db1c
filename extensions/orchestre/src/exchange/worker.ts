import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { readTable } from './read/table.ts';
import { Unreadable } from './read/limits.ts';
import { checkTable, settle, type Answers, type Questions } from './rules/check.ts';
import type { ColumnReport, Fault, Plan } from './rules/types.ts';

/** One part of the rows that can be written, as JSON text: the main thread only passes it on to the database. */
export type Part = { number: number; count: number; rows: string };
export type Outcome = {
	rows: number;
	good: number;
	bad: number;
	parts: number;
	source: string;
	columns: ColumnReport[];
	headerFaults: Fault[];
	faults: Fault[];
	faultCount: number;
};

type Order = { purpose: 'orchestre.exchange.check'; bytes: Uint8Array; filename: string; plan: Plan; partSize: number; maxFaults: number };
type FromWorker =
	{ kind: 'questions'; questions: Questions } | { kind: 'part'; part: Part } | { kind: 'done'; outcome: Outcome } | { kind: 'unreadable'; message: string };
type ToWorker = { answers: Answers } | { next: true };

/** Rows of a part, and the most memory that reading a file may take. */
export const partSize = 50;
const maxFaults = 500;
const heapMb = 640;

export type Conversation = { answer: (questions: Questions) => Promise<Answers>; part: (part: Part) => Promise<void>; signal: AbortSignal };

/**
 * Reads and checks a file in a thread of its own with a memory limit of its own: however hostile it is, the server goes on
 * answering. The thread asks for what only the database knows (`answer`), then hands over the good rows part by part (`part`),
 * and waits for each to be stored. Throws `Unreadable` with a sentence for people.
 */
export async function checkInThread(order: Omit<Order, 'purpose' | 'partSize' | 'maxFaults'>, { answer, part, signal }: Conversation): Promise<Outcome> {
	// The thread runs this very module: this file from sources, the whole bundle once built; the last lines tell it what it is.
	const url = new URL(import.meta.url);
	url.search = '';
	const worker = new Worker(url, {
		workerData: { ...order, purpose: 'orchestre.exchange.check', partSize, maxFaults } satisfies Order,
		resourceLimits: { maxOldGenerationSizeMb: heapMb },
		// What the server hears on its own streams is none of the thread's business.
		env: { TZ: process.env['TZ'] ?? 'Europe/Paris' },
	});
	const stop = (): void => void worker.terminate();
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await new Promise<Outcome>((resolve, reject) => {
			const reply = (found: Promise<ToWorker>): void => void found.then((message) => worker.postMessage(message, [])).catch(reject);
			worker.on('message', (message: FromWorker) => {
				if (message.kind === 'questions') reply(answer(message.questions).then((answers) => ({ answers })));
				else if (message.kind === 'part') reply(part(message.part).then(() => ({ next: true as const })));
				else if (message.kind === 'done') resolve(message.outcome);
				else reject(new Unreadable(message.message));
			});
			worker.on('error', (error: NodeJS.ErrnoException) => {
				const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
				reject(isMemory ? new Unreadable('Ce fichier demande trop de mémoire pour être lu : partagez-le en plusieurs fichiers.') : error);
			});
			worker.on('exit', () => reject(new Error('the reading thread ended early')));
		});
	} finally {
		signal.removeEventListener('abort', stop);
		await worker.terminate();
	}
}

async function work({ bytes, filename, plan, partSize: size, maxFaults: most }: Order): Promise<void> {
	const port = parentPort;
	if (!port) return;
	const ask = <T>(message: FromWorker): Promise<T> =>
		new Promise((resolve) => {
			port.once('message', resolve);
			port.postMessage(message, []);
		});
	const say = (message: FromWorker): void => port.postMessage(message, []);
	try {
		const table = readTable(bytes, filename);
		if (table.lines.length === 0) throw new Unreadable('Le fichier ne contient que des en-têtes : aucune ligne à importer.');
		const checked = checkTable(plan, table);
		const { answers } = await ask<{ answers: Answers }>({ kind: 'questions', questions: checked.questions });
		const { ready, faults, bad } = settle(checked, answers);
		let number = 0;
		for (let start = 0; start < ready.length; start += size) {
			const rows = ready.slice(start, start + size);
			await ask({ kind: 'part', part: { number: number++, count: rows.length, rows: JSON.stringify(rows) } });
		}
		const { columns, headerFaults } = checked;
		const outcome = {
			rows: table.lines.length,
			good: ready.length,
			bad,
			parts: number,
			source: table.source,
			columns,
			headerFaults,
			faults: faults.slice(0, most),
			faultCount: faults.length,
		};
		say({ kind: 'done', outcome });
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		say({ kind: 'unreadable', message: error.message });
	}
}

if (!isMainThread && (workerData as Partial<Order> | null)?.purpose === 'orchestre.exchange.check') void work(workerData as Order);
