import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must, type Server } from '../scripts/support/server.ts';
import { lead } from './support/lead.ts';
import { startPair } from './support/pair.ts';
import type { Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

/** Memory of the server's process in MB as Linux counts it: now, and the most it has been. */
export function memoryOf({ pid }: Server): { now: number; peak: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const megabytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
	return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Heap in MB that is still needed after a collection; `file` is where that server writes it (support/live-heap.mjs). */
async function liveHeap({ pid }: Server, file: string): Promise<number> {
	rmSync(file, { force: true });
	process.kill(pid, 'SIGUSR2');
	for (let tries = 0; tries < 100; tries++) {
		await pause(100);
		const bytes = Number(readOrNothing(file));
		if (bytes > 0) return bytes / 1024 / 1024;
	}
	throw new Error('The server does not tell its heap.');
}

function readOrNothing(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

const insertAll = async (server: Server, count: number): Promise<void> => {
	let left = count;
	const client = async (): Promise<void> => {
		while (left-- > 0) await must(server, '/items/leads?fields=id', lead());
	};
	await Promise.all(Array.from({ length: 8 }, client));
};

/**
 * The server's memory after so many leads, one at a time from eight clients, against plain Directus after the same inserts: what
 * the process took (RSS), and in the last line what of the heap is alive after a collection.
 */
export async function memory(place: Place, { rows: count }: Options): Promise<Table> {
	const folder = mkdtempSync(join(tmpdir(), 'orchestre-heap-'));
	const heapOf = { plain: join(folder, 'plain'), treated: join(folder, 'treated') };
	const watched = (file: string): Record<string, string> => ({ NODE_OPTIONS: '--import ./bench/support/live-heap.mjs', ORCHESTRE_LIVE_HEAP: file });
	const pair = await startPair(place, 'memory', { plain: watched(heapOf.plain), treated: watched(heapOf.treated) });
	try {
		const rows: Table['rows'] = [];
		const line = (what: string, plain = memoryOf(pair.plain)): void => {
			const treated = memoryOf(pair.treated);
			rows.push({
				what,
				'plain MB': plain.now,
				'treated MB': treated.now,
				ratio: treated.now / plain.now,
				'plain peak MB': plain.peak,
				'treated peak MB': treated.peak,
				'peak ratio': treated.peak / plain.peak,
			});
		};
		line('started');
		for (let part = 1; part <= 4; part++) {
			await insertAll(pair.plain, count / 4);
			// Each as its own last insert leaves it: an idle server gives memory back while the other one works.
			const plain = memoryOf(pair.plain);
			await insertAll(pair.treated, count / 4);
			line(`after ${(part * count) / 4} leads`, plain);
		}
		await pause(30_000);
		line('30 s later');
		const [plain, treated] = [await liveHeap(pair.plain, heapOf.plain), await liveHeap(pair.treated, heapOf.treated)];
		rows.push({ what: 'alive on the heap', 'plain MB': plain, 'treated MB': treated, ratio: treated / plain });
		return { name: 'memory', note: 'RSS of the server’s process; aim: ratio ≤ 1.3 after 10,000 leads', rows };
	} finally {
		await pair.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
