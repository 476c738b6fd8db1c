import { post, type Server } from '../scripts/support/server.ts';
import { burst, type Burst } from './support/burst.ts';
import { median, medianInterval } from './support/figures.ts';
import { lead } from './support/lead.ts';
import { inTurns, middle, processorTime, settle, startPair } from './support/pair.ts';
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

/** How long rooms gather the changes of a burst before they work them out, at most. */
const gathering = 12_000;

/** Counts the leads that a server was sent, and the processor time that it took since. */
class Account {
	readonly #server: Server;
	readonly #before: number;
	leads = 0;

	constructor(server: Server) {
		this.#server = server;
		this.#before = processorTime(server);
	}

	get perLead(): number {
		return (processorTime(this.#server) - this.#before) / this.leads;
	}
}

/**
 * What it costs to treat a lead (criteria, duplicates, owner, tasks, history, job, trail) against Directus's plain insert of the
 * same row.
 */
export async function leadPath(place: Place, { rounds, seconds }: Options): Promise<Table> {
	const pair = await startPair(place, 'lead_path');
	try {
		for (const server of [pair.plain, pair.treated]) await burst(() => insert(server, lead), 4, 1500);
		// A new company's first figures are computed once.
		await settle(pair.treated, gathering);
		const rows: Table['rows'] = [];
		for (const { what, clients, body } of loads) {
			const accounts = { plain: new Account(pair.plain), treated: new Account(pair.treated) };
			const run = (side: keyof typeof accounts) => async (): Promise<Burst> => {
				const call = (): Promise<boolean> => {
					const sent = body();
					accounts[side].leads += Array.isArray(sent) ? sent.length : 1;
					return insert(pair[side], () => sent);
				};
				const result = await burst(call, clients, seconds * 1000);
				await settle(pair[side], 0);
				return result;
			};
			const pairs = await inTurns(rounds, run('plain'), run('treated'));
			await settle(pair.treated, gathering);
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
				'plain CPU ms': accounts.plain.perLead,
				'treated CPU ms': accounts.treated.perLead,
				failures: plain.failures + treated.failures,
				'n8n (measured elsewhere)': what === 'one lead' ? (elsewhere[clients] ?? '') : '',
			});
		}
		return { name: 'lead path', note: 'a treated lead against the plain insert of the same row; aim: ratio ≥ 0.75 at 8 clients, ≥ 0.8 for arrays', rows };
	} finally {
		await pair.stop();
	}
}
