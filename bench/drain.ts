import { connect } from '../scripts/support/database.ts';
import { get, must, type Server } from '../scripts/support/server.ts';
import { toDate } from '../extensions/orchestre/src/platform/directus.ts';
import { median, medianInterval } from './support/figures.ts';
import { lead } from './support/lead.ts';
import { hire, start } from './support/pair.ts';
import type { Environment, Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

const leads = 1000;

/** Until no job is owed. Asked over the API: a second reader of a SQLite file would be in the way of what is measured. */
async function untilDone(server: Server): Promise<void> {
	for (;;) {
		const [row] = await get<{ count: number | string }[]>(server, '/items/jobs?aggregate[count]=*&filter[state][_in]=waiting,running');
		if (Number(row?.count) === 0) return;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

/** Puts back into the queue what is done, as if the server had been away; returns how many jobs that are. */
async function owe(environment: Environment): Promise<number> {
	const database = connect(environment);
	const jobs = await database('jobs')
		.whereNotNull('item')
		.where({ state: 'done' })
		.update({ state: 'waiting', attempts: 0, due_at: new Date(0), started_at: null, ended_at: null, leased_until: null, leased_by: null });
	await database.destroy();
	return jobs;
}

/** Jobs per second from the first that began until the last that ended. */
async function rateOf(environment: Environment): Promise<number> {
	const database = connect(environment);
	const query = database('jobs').whereNotNull('item').where({ state: 'done' });
	const [span] = (await query.min({ from: 'started_at' }).max({ to: 'ended_at' }).count({ n: '*' })) as {
		from: Date | number;
		to: Date | number;
		n: number | string;
	}[];
	await database.destroy();
	if (!span || Number(span.n) === 0) throw new Error('No job was done.');
	return (Number(span.n) * 1000) / Math.max(1, toDate(span.to).getTime() - toDate(span.from).getTime());
}

/** How fast one instance works off the jobs that a thousand new leads leave behind. */
export async function drain(place: Place, { rounds }: Options): Promise<Table> {
	const environment = await place.provision('drain');
	const first = await start(environment);
	try {
		await hire(first);
		for (let part = 0; part < leads / 50; part++) await must(first, '/items/leads?fields=id', Array.from({ length: 50 }, lead));
		await untilDone(first);
	} finally {
		await first.stop();
	}
	const rates: number[] = [];
	let jobs = 0;
	for (let round = 0; round < rounds; round++) {
		jobs = await owe(environment);
		const server = await start(environment);
		try {
			await untilDone(server);
		} finally {
			await server.stop();
		}
		rates.push(await rateOf(environment));
	}
	return { name: 'drain', note: 'jobs worked off by one instance', rows: [{ jobs, 'jobs/s': median(rates), ...medianInterval(rates) }] };
}
