import jwt from 'jsonwebtoken';
import { hourlyTurn, wholeTurn } from '../extensions/orchestre/src/analytics/kpis/turn.ts';
import { demoIdRange } from '../scripts/demo/ids.ts';
import { connect } from '../scripts/support/database.ts';
import { get, type Server } from '../scripts/support/server.ts';
import { dashboardId } from '../seeds/dashboards/ids.ts';
import { dashboards } from '../seeds/dashboards/index.ts';
import { roleIds, type RoleKey } from '../seeds/ids.ts';
import { query } from './app/requests.ts';
import { aggregatesOf } from './support/aggregates.ts';
import { burst, type Burst } from './support/burst.ts';
import { median, quantile } from './support/figures.ts';
import { fill } from './support/filled.ts';
import { inTurns, start } from './support/pair.ts';
import type { Environment, Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

/** Panels whose reader has another name than their type. */
const readers: Readonly<Record<string, string>> = { 'orchestre-forecast-chart': 'forecast', 'orchestre-churn-risk': 'churn' };

/** `aggregates`: how Directus would be asked for the same figures. */
type Asked = { name: string; path: string; aggregates: string[] };

/** What the app asks for when somebody opens a dashboard: one request a panel. */
const requestsOf = ({ number, panels: own, cockpits }: (typeof dashboards)[number]): Asked[] =>
	own.map(({ type, options }) => {
		const panel = readers[type] ?? type.replace('orchestre-', '');
		return {
			name: panel,
			path: `/orchestre/panels/${panel}?${query({ dashboard: dashboardId(number), ...options })}`,
			aggregates: aggregatesOf(panel, cockpits[0]?.kpis.map(([key]) => key) ?? [], options ?? {}),
		};
	});

/** Somebody of the demo in that role, the one with most deals, signed in. */
async function tokenOf({ SECRET = '', ...environment }: Environment, role: RoleKey): Promise<string> {
	const database = connect(environment as Environment);
	try {
		const users = (await database('directus_users').where({ role: roleIds[role] }).whereBetween('id', [...demoIdRange]).orderBy('id').pluck('id')) as string[]; // prettier-ignore
		const owned = (await database('opportunities').whereIn('owner', users).groupBy('owner').select('owner').count({ n: '*' }).orderBy('n', 'desc').first()) as { owner: string } | undefined; // prettier-ignore
		return jwt.sign({ id: owned?.owner ?? users[0], role: roleIds[role], app_access: true, admin_access: false }, SECRET, { expiresIn: '3h', issuer: 'directus' });
	} finally {
		await database.destroy();
	}
} // prettier-ignore

const by = (server: Server, token: string, path: string, clients: number, ms: number): Promise<Burst> =>
	burst(async () => Boolean(await get(server, path, token)), clients, ms);

/** Milliseconds of this reader's own figures and of the aggregates, asked for all at once; null where no aggregate says them. */
async function against(server: Server, token: string, { path, aggregates }: Asked, rounds: number): Promise<{ aggregate: number; ratio: number } | null> {
	if (aggregates.length === 0) return null;
	const timed = async (paths: readonly string[]): Promise<number> => {
		const before = performance.now();
		await Promise.all(paths.map((one) => get(server, one, token)));
		return performance.now() - before;
	};
	await timed(aggregates);
	const pairs = await inTurns(rounds, () => timed([path]), () => timed(aggregates)); // prettier-ignore
	return { aggregate: median(pairs.map(([, theirs]) => theirs)), ratio: median(pairs.map(([ours, theirs]) => theirs / ours)) };
}

/** All panels of a dashboard at once, as the browser asks; milliseconds until the last one is there. */
async function whole(server: Server, token: string, asked: readonly Asked[], samples: number): Promise<number[]> {
	const times: number[] = [];
	for (let sample = 0; sample < samples; sample++) {
		const before = performance.now();
		await Promise.all(asked.map(({ path }) => get(server, path, token)));
		times.push(performance.now() - before);
	}
	return times;
}

async function measured(server: Server, environment: Environment, { rounds, seconds, samples }: Options): Promise<Table['rows']> {
	const rows: Table['rows'] = [];
	for (const dashboard of dashboards) {
		const role = dashboard.cockpits[0]?.role ?? 'direction';
		const token = await tokenOf(environment, role);
		const asked = requestsOf(dashboard);
		for (const panel of asked) {
			const { name, path } = panel;
			await by(server, token, path, 1, 300);
			const one = await by(server, token, path, 1, seconds * 1000);
			const many = await by(server, token, path, 8, seconds * 1000);
			const other = await against(server, token, panel, rounds);
			rows.push({
				dashboard: dashboard.name,
				role,
				panel: name,
				'p50 ms': one.p50,
				'p95 ms': one.p95,
				'p50 ms, 8 clients': many.p50,
				'p95 ms, 8 clients': many.p95,
				...(other && { aggregates: panel.aggregates.length, 'aggregates ms': other.aggregate, ratio: other.ratio }),
			});
		}
		const times = await whole(server, token, asked, samples);
		rows.push({ dashboard: dashboard.name, role, panel: 'all at once', 'p50 ms': median(times), 'p95 ms': quantile(times, 0.95) });
		const stamps = '/orchestre/panels/stamps?of=performance,cockpits,forecasts,insights,actions';
		const look = await by(server, token, stamps, 1, 500);
		rows.push({ dashboard: dashboard.name, role, panel: 'a look for changes', 'p50 ms': look.p50, 'p95 ms': look.p95 });
	}
	return rows;
}

/** Every panel of the seven dashboards, as its role's app asks for it, at `times` the demo on PostgreSQL. */
export async function panels(place: Place, options: Options): Promise<Table> {
	if (place.name !== 'pg') throw new Error('panels is about PostgreSQL: npm run bench -- --database pg --only panels.');
	const { environment, rows: large, isNew } = await fill(place, options);
	const database = connect(environment);
	try {
		const known = await database('performance').first('id');
		await database.transaction((trx) => (known ? hourlyTurn(trx) : wholeTurn(trx)));
		if (isNew) await database.raw('vacuum (analyze, parallel 0)');
	} finally {
		await database.destroy();
	}
	const server = await start({ ...environment, ORCHESTRE_WORKER: 'false' });
	try {
		const rows = await measured(server, environment, options);
		return {
			name: 'panels',
			note: `${options.times} times the demo, ${large} rows; aims: p95 ≤ 50 ms alone, ≤ 150 ms of 8, a whole dashboard ≤ 300 ms, ratio ≥ 10`,
			rows,
		};
	} finally {
		await server.stop();
	}
}
