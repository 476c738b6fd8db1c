import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { definitions } from '../extensions/orchestre/src/analytics/kpis/definitions/index.ts';
import { flows } from '../extensions/orchestre/src/analytics/kpis/flows.ts';
import { kpiId } from '../extensions/orchestre/src/analytics/kpis/ids.ts';
import { hourlyTurn, touchTurn, wholeTurn } from '../extensions/orchestre/src/analytics/kpis/turn.ts';
import { connect } from '../scripts/support/database.ts';
import { change, get, type Server } from '../scripts/support/server.ts';
import { query } from './app/requests.ts';
import { burst, type Burst } from './support/burst.ts';
import { median } from './support/figures.ts';
import { fill } from './support/filled.ts';
import { inTurns, middle, start, stopFlows } from './support/pair.ts';
import type { Environment, Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';
import { startWatch } from './support/watch.ts';

type Turn = { what: string; run: (trx: Knex) => Promise<object> };
const turns: readonly Turn[] = [
	{ what: 'all periods, two years back', run: (trx) => wholeTurn(trx) },
	{ what: 'an hour, nothing changed', run: (trx) => hourlyTurn(trx) },
	{ what: 'an hour, nothing changed', run: (trx) => hourlyTurn(trx) },
	{ what: 'a deal changed', run: (trx) => touchTurn(trx, ['opportunities']) },
	{ what: 'a payment came', run: (trx) => touchTurn(trx, ['payments', 'payment_allocations', 'invoices']) },
];

/** `first`: with the two years that a new database begins with. */
async function runs(database: Knex, first: boolean): Promise<Table['rows']> {
	const rows: Table['rows'] = [];
	for (const { what, run } of first ? turns : turns.slice(1)) {
		const watch = startWatch();
		const ran = (await database.transaction(run)) as Record<string, number>;
		rows.push({ what, ...watch.stop(), figures: ran['figures'] ?? 0, written: ran['written'] ?? 0 });
	}
	return rows;
}

/**
 * From the answer to a change until the figure has moved: gathering it, the queue, the computation. The work of the product's other flows, which
 * would all be due at once here, stands still.
 */
async function shown(environment: Environment, { rounds }: Options): Promise<Table['rows']> {
	await stopFlows(environment);
	const database = connect(environment);
	await database('directus_flows').where({ id: flows.compute }).update({ status: 'active' });
	const server = await start(environment);
	const figure = async (): Promise<string> => {
		const row = (await database('performance').where({ kpi: kpiId('pipeline_ouvert'), period_kind: 'year', scope: 'company' }).orderBy('period_start', 'desc').first('value')) as { value: unknown }; // prettier-ignore
		return String(row.value);
	};
	const busy = async (): Promise<boolean> =>
		Boolean(await database('jobs').where('state', 'running').orWhere((due) => void due.where('state', 'waiting').where('due_at', '<=', new Date())).first('id')); // prettier-ignore
	try {
		const deal = (await database('opportunities').whereNull('closed_at').where({ archived: false }).orderBy('id').first('id', 'amount_cents')) as { id: string; amount_cents: unknown }; // prettier-ignore
		const seconds: number[] = [];
		for (let round = 1; round <= rounds; round++) {
			// A new server trains its models first.
			do await pause(2000);
			while (await busy());
			const before = await figure();
			await change(server, `/items/opportunities/${deal.id}`, { amount_cents: Number(deal.amount_cents) + round * 100 });
			const changed = performance.now();
			while ((await figure()) === before) {
				if (performance.now() - changed > 120_000) throw new Error('The change of a deal did not show in the open pipeline.');
				await pause(50);
			}
			seconds.push((performance.now() - changed) / 1000);
		}
		return [{ what: 'a deal changed, until the pipeline shows it', seconds: median(seconds), 'at most': Math.max(...seconds) }];
	} finally {
		await server.stop();
		await database('directus_flows').update({ status: 'active' });
		await database.destroy();
	}
}

const since = `${new Date().getFullYear() - 1}-${String(new Date().getMonth() + 1).padStart(2, '0')}-01`;
const monthly = (date: string): { groupBy: string } => ({ groupBy: `year(${date}),month(${date})` });

/** The same thirteen months, from the product and from Directus's own aggregates over the rows. */
const asked = [
	{
		what: 'CA facturé',
		ours: 'ca_facture',
		theirs: `/items/invoices?${query({ ...monthly('issue_date'), 'aggregate[sum]': 'net_cents', limit: -1, filter: { direction: { _eq: 'sale' }, issue_date: { _gte: since } } })}`,
	},
	{
		what: 'encaissements',
		ours: 'encaissements',
		theirs: `/items/payments?${query({ ...monthly('paid_on'), 'aggregate[sum]': 'amount_cents', limit: -1, filter: { direction: { _eq: 'in' }, paid_on: { _gte: since } } })}`,
	},
	{
		what: 'CA signé',
		ours: 'ca_signe',
		theirs: `/items/opportunities?${query({ ...monthly('closed_at'), 'aggregate[sum]': 'amount_cents', 'aggregate[count]': '*', limit: -1, filter: { stage: { is_won: { _eq: true } }, closed_at: { _gte: since } } })}`,
	},
	{
		what: 'nouveaux leads',
		ours: 'nouveaux_leads',
		theirs: `/items/leads?${query({ ...monthly('date_created'), 'aggregate[count]': '*', limit: -1, filter: { date_created: { _gte: since } } })}`,
	},
	{
		what: 'tâches réalisées',
		ours: 'taches_realisees',
		theirs: `/items/tasks?${query({ ...monthly('done_at'), 'aggregate[count]': '*', limit: -1, filter: { status: { _eq: 'done' }, done_at: { _gte: since } } })}`,
	},
] as const;

async function reads(server: Server, { rounds, seconds }: Options): Promise<Table['rows']> {
	const rows: Table['rows'] = [];
	const by = (path: string, clients: number) => (): Promise<Burst> =>
		burst(
			async () => {
				await get(server, path);
				return true;
			},
			clients,
			seconds * 1000,
		);
	for (const { what, ours, theirs } of asked) {
		const path = `/orchestre/kpis/${ours}?scope=company`;
		await by(path, 1)();
		await by(theirs, 1)();
		const pairs = await inTurns(rounds, by(path, 1), by(theirs, 1));
		const many = await by(path, 8)();
		const [own, other] = [middle(pairs.map(([one]) => one)), middle(pairs.map(([, one]) => one))];
		rows.push({
			what,
			'p50 ms': own.p50,
			'p95 ms': own.p95,
			'p95 ms, 8 clients': many.p95,
			'aggregate p50 ms': other.p50,
			ratio: median(pairs.map(([one, two]) => two.p50 / one.p50)),
		});
	}
	return rows;
}

/**
 * The figures at `times` the demo: computing them (in this process), and reading one with its trend, against Directus's own aggregate of the same
 * months in the same run. PostgreSQL only.
 */
export async function kpis(place: Place, options: Options): Promise<Table> {
	if (place.name !== 'pg') throw new Error('kpis is about PostgreSQL: npm run bench -- --database pg --only kpis.');
	const { environment, rows: large, isNew } = await fill(place, options);
	const database = connect(environment);
	let rows: Table['rows'];
	try {
		const known = await database('performance').first('id');
		rows = await runs(database, !known);
		if (isNew) await database.raw('vacuum (analyze, parallel 0)');
	} finally {
		await database.destroy();
	}
	rows.push(...(await shown(environment, options)));
	const server = await start({ ...environment, ORCHESTRE_WORKER: 'false' });
	try {
		rows.push(...(await reads(server, options)));
	} finally {
		await server.stop();
	}
	const aim = 'aims: an hour ≤ 10 s, a change is shown within 5 s, p95 ≤ 50 ms at one client and ≤ 150 ms at 8, ratio ≥ 10';
	return { name: 'kpis', note: `${options.times} times the demo, ${large} rows, ${definitions.length} KPIs; ${aim}`, rows };
}
