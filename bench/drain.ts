import { connect } from '../scripts/support/database.ts';
import { must } from '../scripts/support/server.ts';
import { toDate } from '../extensions/orchestre/src/platform/directus.ts';
import { median, medianInterval } from './support/figures.ts';
import { lead } from './support/lead.ts';
import { hire, start } from './support/pair.ts';
import type { Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

/**
 * How fast one instance works off a queue: the jobs that new leads left behind, put back into the queue as if the server had been
 * away, until none is owed.
 */
export async function drain(place: Place, { rounds }: Options): Promise<Table> {
	const environment = await place.provision('drain');
	const leads = 1000;
	const first = await start(environment);
	await hire(first);
	for (let part = 0; part < leads / 50; part++) await must(first, '/items/leads?fields=id', Array.from({ length: 50 }, lead));
	const database = connect(environment);
	const owed = async (): Promise<number> =>
		Number(((await database('jobs').whereIn('state', ['waiting', 'running']).count({ n: '*' })) as { n: number }[])[0]?.n);
	while ((await owed()) > 0) await new Promise((resolve) => setTimeout(resolve, 200));
	await first.stop();
	const rates: number[] = [];
	let jobs = 0;
	for (let round = 0; round < rounds; round++) {
		jobs = await database('jobs')
			.whereNotNull('item')
			.where({ state: 'done' })
			.update({ state: 'waiting', attempts: 0, due_at: new Date(0), started_at: null, ended_at: null, leased_until: null, leased_by: null });
		const server = await start(environment);
		while ((await owed()) > 0) await new Promise((resolve) => setTimeout(resolve, 200));
		await server.stop();
		const [span] = (await database('jobs').whereNotNull('item').where({ state: 'done' }).min({ from: 'started_at' }).max({ to: 'ended_at' })) as {
			from: Date | number;
			to: Date | number;
		}[];
		if (span) rates.push((jobs * 1000) / (toDate(span.to).getTime() - toDate(span.from).getTime()));
	}
	await database.destroy();
	return { name: 'drain', note: 'jobs worked off by one instance, two at a time', rows: [{ jobs, 'jobs/s': median(rates), ...medianInterval(rates) }] };
}
