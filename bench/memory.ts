import { readFileSync } from 'node:fs';
import { must, type Server } from '../scripts/support/server.ts';
import { lead } from './support/lead.ts';
import { startPair } from './support/pair.ts';
import type { Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

/** Memory of the server's process in MB as Linux counts it: now, and the most it has been. */
function memoryOf({ pid }: Server): { now: number; peak: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const megabytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
	return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

const insertAll = async (server: Server, count: number): Promise<void> => {
	let left = count;
	const client = async (): Promise<void> => {
		while (left-- > 0) await must(server, '/items/leads?fields=id', lead());
	};
	await Promise.all(Array.from({ length: 8 }, client));
};

/** The server's memory after so many leads, one at a time from eight clients, against plain Directus after the same inserts. */
export async function memory(place: Place, { rows: count }: Options): Promise<Table> {
	const pair = await startPair(place, 'memory');
	try {
		const rows: Table['rows'] = [];
		const line = (what: string): void => {
			const [plain, treated] = [memoryOf(pair.plain), memoryOf(pair.treated)];
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
			await insertAll(pair.treated, count / 4);
			line(`after ${(part * count) / 4} leads`);
		}
		await new Promise((resolve) => setTimeout(resolve, 30_000));
		line('30 s later');
		return { name: 'memory', note: 'RSS of the server’s process; aim: ratio ≤ 1.3 after 10,000 leads', rows };
	} finally {
		await pair.stop();
	}
}
