import { randomUUID } from 'node:crypto';
import { get, must, type Server } from '../scripts/support/server.ts';
import { median, medianInterval } from './support/figures.ts';
import { inTurns, start } from './support/pair.ts';
import type { Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

const batchSize = 1000;

const batch = (company: string): Record<string, unknown>[] =>
	Array.from({ length: batchSize }, (_, index) => ({
		event_id: randomUUID(),
		company,
		name: ['session', 'work_order_closed', 'report_exported'][index % 3],
		quantity: 1,
		at: new Date(Date.now() - index * 60_000).toISOString(),
		actor: `u-${index % 40}`,
		properties: { screen: 'planning', index },
	}));

/** Batches of a thousand until the time is over; events a second. */
async function rate(send: () => Promise<unknown>, seconds: number): Promise<number> {
	const started = performance.now();
	let events = 0;
	while (performance.now() - started < seconds * 1000) {
		await send();
		events += batchSize;
	}
	return (events * 1000) / (performance.now() - started);
}

/**
 * Events a second that one caller gets rid of, in batches of a thousand, against Directus's own creation of the same rows
 * (`POST /items/usage_events` with a list), which refuses a batch as a whole for one event that is there already.
 */
export async function usage(place: Place, { rounds, seconds }: Options): Promise<Table> {
	const environment = await place.provision('usage');
	const server: Server = await start(environment);
	try {
		const id = randomUUID();
		await must(server, '/items/companies?fields=id', { id, name: 'Atelier' });
		const plain = (): Promise<number> => rate(() => must(server, '/items/usage_events?fields=id', batch(id)), seconds);
		const ours = (): Promise<number> => rate(() => must(server, '/orchestre/usage-events', { events: batch(id) }), seconds);
		await plain();
		await ours();
		const pairs = await inTurns(rounds, plain, ours);
		const ratios = pairs.map(([before, after]) => after / before);
		const { low, high } = medianInterval(ratios);
		const [first] = await get<{ count: number | string }[]>(server, '/items/usage_events?aggregate[count]=*');
		const row = {
			what: `batches of ${batchSize}`,
			'Directus events/s': median(pairs.map(([before]) => before)),
			'events/s': median(pairs.map(([, after]) => after)),
			ratio: median(ratios),
			low,
			high,
			rows: Number(first?.count ?? 0),
		};
		return { name: 'usage', note: 'one caller, ours against Directus’s own createMany of the same rows', rows: [row] };
	} finally {
		await server.stop();
	}
}
