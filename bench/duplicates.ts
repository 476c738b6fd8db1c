import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { chunks, parseJson, toDate } from '../extensions/orchestre/src/platform/directus.ts';
import { companyKey, nameKey } from '../extensions/orchestre/src/platform/input/name-keys.ts';
import { chance, companyTypedAgain, madeUpCompany, madeUpPerson, typedAgain } from '../extensions/orchestre/src/duplicates/rules/made-up.ts';
import { connect } from '../scripts/support/database.ts';
import { get, type Server } from '../scripts/support/server.ts';
import { median } from './support/figures.ts';
import { start } from './support/pair.ts';
import type { Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

const people = 100_000;
const companies = 8000;

/** A hundred thousand people in eight thousand companies, one in twenty of each typed twice. */
async function plant(database: Knex): Promise<void> {
	const luck = chance(2026);
	const at = new Date();
	const firms = Array.from({ length: companies }, (_, number) => ({ row: madeUpCompany(randomUUID(), number, luck), number }));
	const firmRows = firms.flatMap(({ row, number }) => (number % 20 === 0 ? [row, companyTypedAgain(row, randomUUID(), luck)] : [row]));
	for (const part of chunks(firmRows, 40))
		await database('companies').insert(part.map((row) => ({ ...row, name_key: companyKey(row['name']), lifecycle: 'prospect', date_created: at })));
	let rows: Record<string, unknown>[] = [];
	const flush = async (): Promise<void> => {
		for (const part of chunks(rows, 40)) await database('people').insert(part);
		rows = [];
	};
	for (let number = 0, written = 0; written < people; number++) {
		const firm = firms[number % companies]?.row;
		const domain = `societe-${number % companies}.fr`;
		const row = madeUpPerson(randomUUID(), number, { id: firm?.['id'] ?? '', domain }, luck);
		const both = number % 20 === 0 ? [row, typedAgain(row, randomUUID(), luck)] : [row];
		written += both.length;
		rows.push(
			...both.map((one) => ({
				...one,
				name_key: nameKey(one['first_name'], one['last_name']),
				email_consent: 'unknown',
				phone_consent: 'unknown',
				date_created: at,
			})),
		);
		if (rows.length >= 4000) await flush();
	}
	await flush();
}

/** The middle and the slowest of what others wait for a list meanwhile, in ms, until `until` says so. */
async function waits(server: Server, until: () => Promise<boolean>): Promise<{ median: number; slowest: number }> {
	const times: number[] = [];
	while (!(await until())) {
		const before = performance.now();
		await get(server, '/items/people?limit=25&fields=first_name,last_name,email&sort=last_name');
		times.push(performance.now() - before);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	return { median: median(times), slowest: Math.max(...times) };
}

type JobRow = { state: string; error: string | null; result: unknown; started_at: Date | number; ended_at: Date | number };

/** How long the search at night takes for a hundred thousand people, on a server that others use meanwhile. */
export async function duplicates(place: Place, { rounds }: Options): Promise<Table> {
	const environment = await place.provision('duplicates');
	const database = connect(environment);
	await plant(database);
	const server = await start(environment);
	const seconds: number[] = [];
	const during: { median: number; slowest: number }[] = [];
	let pairs = 0;
	try {
		let calm = 40;
		const quiet = await waits(server, () => Promise.resolve(calm-- === 0));
		for (let round = 0; round < Math.min(rounds, 3); round++) {
			const id = randomUUID();
			const at = new Date();
			const queued = { id, kind: 'duplicates.check', key: `bench:${id}`, state: 'waiting', payload: '{}', label: 'bench' };
			await database('jobs').insert({ ...queued, attempts: 0, max_attempts: 1, due_at: at, date_created: at, date_updated: at });
			let job: JobRow | undefined;
			let asked = 0;
			during.push(
				await waits(server, async () => {
					// Not at every turn: a second reader of a SQLite file would be in the way of what is measured.
					if (++asked % 20 === 0) job = (await database('jobs').where({ id }).first()) as JobRow;
					return job !== undefined && !['waiting', 'running'].includes(job.state);
				}),
			);
			if (job?.state !== 'done') throw new Error(`The search ended as ${job?.state ?? 'nothing'}: ${job?.error ?? ''}`);
			seconds.push((toDate(job.ended_at).getTime() - toDate(job.started_at).getTime()) / 1000);
			pairs = parseJson<{ people: { pairs: number } }>(job.result).people.pairs;
		}
		const row = {
			people,
			companies,
			'pairs of people': pairs,
			seconds: median(seconds),
			'a list meanwhile ms': median(during.map((one) => one.median)),
			'slowest ms': Math.max(...during.map((one) => one.slowest)),
			'a list before ms': quiet.median,
		};
		return { name: 'duplicates', note: 'the search through all people, companies and leads; aim: ≤ 60 s for 100,000 people', rows: [row] };
	} finally {
		await server.stop();
		await database.destroy();
	}
}
