import { post, type Server } from '../scripts/support/server.ts';
import { burst, type Burst } from './support/burst.ts';
import { median, medianInterval } from './support/figures.ts';
import { lead } from './support/lead.ts';
import { inTurns, middle, startPair } from './support/pair.ts';
import type { Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

/** Leads at a time, clients at a time. */
export const loads = [
	{ what: 'one lead', clients: 1, body: lead },
	{ what: 'one lead', clients: 8, body: lead },
	{ what: 'one lead', clients: 32, body: lead },
	{ what: 'array of 50', clients: 1, body: () => Array.from({ length: 50 }, lead) },
] as const;

/** n8n 2.41 on PostgreSQL for the same work (with 10 criteria), on another day: docs/performance.md. */
const elsewhere: Record<number, string> = { 1: '17/s', 8: '20/s', 32: '18/s' };

export const insert = (server: Server, body: () => unknown): Promise<boolean> => post(server, '/items/leads?fields=id', body());

/**
 * What it costs to treat a lead (criteria, duplicates, owner, tasks, history, job, trail) against Directus's plain insert of the
 * same row.
 */
export async function leadPath(place: Place, { rounds, seconds }: Options): Promise<Table> {
	const pair = await startPair(place, 'lead_path');
	try {
		for (const server of [pair.plain, pair.treated]) await burst(() => insert(server, lead), 4, 1500);
		const rows: Table['rows'] = [];
		for (const { what, clients, body } of loads) {
			const run = (server: Server) => (): Promise<Burst> => burst(() => insert(server, body), clients, seconds * 1000);
			const pairs = await inTurns(rounds, run(pair.plain), run(pair.treated));
			const plain = middle(pairs.map(([one]) => one));
			const treated = middle(pairs.map(([, one]) => one));
			const ratios = pairs.map(([before, after]) => after.perSecond / before.perSecond);
			const { low, high } = medianInterval(ratios);
			rows.push({
				what,
				clients,
				'plain/s': Math.round(plain.perSecond),
				'treated/s': Math.round(treated.perSecond),
				ratio: median(ratios),
				low,
				high,
				'plain p50 ms': plain.p50,
				'treated p50 ms': treated.p50,
				'p50 ratio': median(pairs.map(([before, after]) => after.p50 / before.p50)),
				failures: plain.failures + treated.failures,
				'n8n (measured elsewhere)': what === 'one lead' ? (elsewhere[clients] ?? '') : '',
			});
		}
		return { name: 'lead path', note: 'a treated lead against the plain insert of the same row; aim: ratio ≥ 0.75 at 8 clients, ≥ 0.8 for arrays', rows };
	} finally {
		await pair.stop();
	}
}
