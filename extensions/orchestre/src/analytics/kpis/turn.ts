import { now as clockNow } from '../../platform/clock.ts';
import { isPostgres, type Knex } from '../../platform/directus.ts';
import { toParis } from '../../platform/time/paris.ts';
import { dayNumberOrNull, storedDay } from '../../platform/columns.ts';
import { firstDayOf } from './dated.ts';
import { definitions } from './definitions/index.ts';
import { kpiId } from './ids.ts';
import { periodKey, periodOf, type Period, type PeriodKind } from './rules/periods.ts';
import { defaultKinds, wantedIn } from './rules/wanted.ts';
import { runKpis, type Ran } from './run.ts';
import type { KpiDefinition } from './types.ts';

/** Definitions that the company uses: those whose row is there and active. */
export async function activeDefinitions(knex: Knex): Promise<KpiDefinition[]> {
	const active = new Set((await knex('kpis').where({ status: 'active' }).pluck('id')) as string[]);
	return definitions.filter(({ key }) => active.has(kpiId(key)));
}

/**
 * Two runs at once would compute the same twice and wait for each other's rows. Sums over whole tables sort in memory, and compiling each of the
 * statements takes longer than running it; both settings end with the transaction.
 */
async function oneAtATime(trx: Knex): Promise<void> {
	if (!isPostgres(trx)) return;
	await trx.raw('select pg_advisory_xact_lock(46, 48)');
	await trx.raw("select set_config('jit', 'off', true), set_config('work_mem', '64MB', true), set_config('max_parallel_workers_per_gather', '0', true)");
}

/** Those without a past, or with one of an older version: their whole history is computed. */
async function withoutPast(trx: Knex, active: readonly KpiDefinition[]): Promise<KpiDefinition[]> {
	const rows = (await trx('performance').where({ scope: 'company', is_final: true }).groupBy('kpi').select('kpi').min({ version: 'definition_version' })) as {
		kpi: string;
		version: number | string;
	}[];
	const versions = new Map(rows.map(({ kpi, version }) => [kpi, Number(version)]));
	return active.filter(({ key, version }) => (versions.get(kpiId(key)) ?? 0) < version);
}

/** Periods that are over and whose figures were not made since: the day has changed, or the server was away for a while. */
async function unsettled(trx: Knex, active: readonly KpiDefinition[], today: number): Promise<Period[]> {
	const rows = (await trx('performance')
		.whereIn('kpi', active.map(({ key }) => kpiId(key)))
		.where({ scope: 'company', is_final: false })
		.where('period_end', '<', storedDay(today))
		.distinct('period_kind', 'period_start')) as { period_kind: PeriodKind; period_start: unknown }[]; // prettier-ignore
	return rows.map(({ period_kind, period_start }) => periodOf(period_kind, dayNumberOrNull(period_start) ?? 0));
}

/** What a night computes: the newest periods of each kind, and older ones that nobody has settled. */
function wantedAtNight(known: readonly KpiDefinition[], ended: readonly Period[], today: number): ReturnType<typeof wantedIn> {
	return wantedIn('night', known, today).map(({ definition, periods }) => {
		const kinds = kindsOf(definition);
		const all = [...periods, ...ended.filter(({ kind }) => kinds.includes(kind))];
		return { definition, periods: [...new Map(all.map((period) => [periodKey(period), period])).values()] };
	});
}

const added = (...runs: readonly Ran[]): Ran =>
	runs.reduce((sum, run) => ({ figures: sum.figures + run.figures, written: sum.written + run.written, deleted: sum.deleted + run.deleted }), {
		figures: 0,
		written: 0,
		deleted: 0,
	});

/**
 * The hourly turn: current periods of all KPIs. The first turn of a day also settles the periods that have just ended, and clients' figures;
 * KPIs that are new, or mean something else than before, get their past. Run again it writes nothing.
 */
export async function hourlyTurn(trx: Knex, now: Date = clockNow()): Promise<Ran & { past: number; night: boolean }> {
	await oneAtATime(trx);
	const active = await activeDefinitions(trx);
	const today = toParis(now).day;
	const fresh = await withoutPast(trx, active);
	const known = active.filter((definition) => !fresh.includes(definition));
	const ended = await unsettled(trx, active, today);
	const night = ended.length > 0;
	const past = await runKpis(trx, wantedIn('all', fresh, today), now, { clients: true });
	const current = night
		? await runKpis(trx, wantedAtNight(known, ended, today), now, { clients: true })
		: await runKpis(trx, wantedIn('hour', known.filter(({ frequency }) => frequency !== 'nightly'), today), now); // prettier-ignore
	return { ...added(past, current), past: fresh.length, night };
}

/** Everything anew, as far back as results are kept: by hand, after a repair or an import of old records. */
export async function wholeTurn(trx: Knex, now: Date = clockNow(), idOf?: (key: string) => string): Promise<Ran> {
	await oneAtATime(trx);
	return runKpis(trx, wantedIn('all', await activeDefinitions(trx), toParis(now).day), now, { clients: true, ...(idOf && { idOf }) });
}

/**
 * What a change in these collections moves, now: the newest periods; and where `rows` that changed are of an earlier day, every period from that day
 * on, so that months sum to their quarter and year. `lost`: the day cannot be known any more, so all of this year and the last.
 */
export async function touchTurn(trx: Knex, tables: readonly string[], { rows = {}, lost = false, now = clockNow() }: { rows?: Readonly<Record<string, readonly string[]>>; lost?: boolean; now?: Date } = {}): Promise<Ran & { kpis: number }> {
	await oneAtATime(trx);
	const active = await activeDefinitions(trx);
	const isMoved = ({ frequency, touchedBy }: KpiDefinition): boolean =>
		frequency === 'on_change' && Boolean(touchedBy?.some((table) => tables.includes(table)));
	// A target stands beside any figure.
	const moved = tables.includes('targets') ? active : active.filter(isMoved);
	const today = toParis(now).day;
	const since = lost ? 0 : await firstDayOf(trx, rows);
	const wanted = wantedIn('touch', moved, today);
	const older = since === null ? new Map<KpiDefinition, Period[]>() : new Map(wantedIn('night', moved.filter(isMoved), today).map(({ definition, periods }) => [definition, periods.filter(({ end }) => end >= since)]));
	return { ...(await runKpis(trx, wanted.map(({ definition, periods }) => ({ definition, periods: [...new Map([...periods, ...(older.get(definition) ?? [])].map((period) => [periodKey(period), period])).values()] })), now)), kpis: moved.length };
} // prettier-ignore

/** Collections whose changes move some figure at once. */
export const watched: ReadonlySet<string> = new Set([
	'targets',
	...definitions.flatMap(({ frequency, touchedBy = [] }) => (frequency === 'on_change' ? touchedBy : [])),
]);

export const kindsOf = ({ periods }: KpiDefinition): readonly string[] => periods ?? defaultKinds;
