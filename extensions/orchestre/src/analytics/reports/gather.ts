import { now } from '../../platform/clock.ts';
import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { readPerson } from '../../exchange/person.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { lastPeriods, periodName, periodOf, type Period } from '../kpis/rules/periods.ts';
import type { Unit } from '../kpis/types.ts';
import type { Reader } from './readers.ts';
import { reportKinds, type ReportKind } from './rules/kinds.ts';
import type { Report, ReportFigure, ReportGain } from './types.ts';

/** So many periods a figure's history shows. */
const historyLength = 8;

type Kpi = {
	id: string;
	key: string;
	name: string;
	unit: Unit;
	decimals: number | null;
	direction: 'up' | 'down' | 'band';
	formula: string;
	min_cases: number;
	status: string;
	baseline: number | null;
	baseline_source: string | null;
	promise: string | null;
};
type Result = {
	kpi: string;
	period_kind: Period['kind'];
	period_start: string;
	period_end: string;
	value: number | null;
	target: number | null;
	previous: number | null;
	previous_year: number | null;
	sample_size: number | null;
	definition_version: number;
	details: unknown;
};

const asNumber = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
const day = (value: string): string => String(value).slice(0, 10);

/** The KPIs that this role's cockpit shows, in its order. */
async function cockpitKpis(knex: Knex, { roleId, id }: Reader): Promise<string[]> {
	const cockpit = (await knex('dashboards')
		.where({ status: 'active' })
		.where((either) => void either.where({ owner: id }).orWhere({ role: roleId }))
		.orderByRaw('case when owner is null then 1 else 0 end, sort, id')
		.first('id')) as { id: string } | undefined;
	return cockpit ? ((await knex('dashboard_kpis').where({ dashboard: cockpit.id }).orderBy(['sort', 'id']).pluck('kpi')) as string[]) : [];
}

type Reads = { host: Host; accountability: Accountability };

/** Rows of these KPIs that the reader may see, by Directus's own rights: a report tells nobody more than the lists do. */
async function readResults({ host, accountability }: Reads, kpis: readonly string[], periods: readonly Period[], scope: string, key: string): Promise<Result[]> {
	const results = new host.services.ItemsService('performance', { schema: await host.getSchema(), accountability, knex: host.database });
	const from = isoOf(Math.min(...periods.map(({ start }) => start)) - 1);
	// On SQLite Directus looks for a date at midnight in Greenwich, where none stands: from a day before, and sorted out here.
	const rows = (await results.readByQuery({
		filter: { _and: [{ kpi: { _in: [...kpis] } }, { scope: { _eq: scope } }, { scope_key: { _eq: key } }, { period_start: { _gte: from } }] },
		fields: ['kpi', 'period_kind', 'period_start', 'period_end', 'value', 'target', 'previous', 'previous_year', 'sample_size', 'definition_version', 'details'],
		limit: -1,
	})) as Result[];
	const wanted = new Set(periods.map(({ kind, start }) => `${kind}:${isoOf(start)}`));
	return rows.filter(({ period_kind, period_start }) => wanted.has(`${period_kind}:${day(period_start)}`));
} // prettier-ignore

/** What the results say of one KPI; null where the reader may see none of them. */
function figureOf(kpi: Kpi, results: readonly Result[], periods: readonly Period[], month: readonly Period[]): ReportFigure | null {
	const at = ({ kind, start }: Period): Result | undefined => results.find((row) => row.period_kind === kind && day(row.period_start) === isoOf(start));
	const own = periods.at(-1);
	// Where a KPI has no weeks, the running month stands in for them.
	const series = own && at(own) ? periods : month;
	const last = series.at(-1);
	const row = last && at(last);
	if (!last || !row) return null;
	return {
		key: kpi.key,
		name: kpi.name,
		unit: kpi.unit,
		decimals: Number(kpi.decimals ?? 0),
		direction: kpi.direction,
		formula: kpi.formula,
		period: { kind: last.kind, start: day(row.period_start), end: day(row.period_end) },
		value: asNumber(row.value),
		target: asNumber(row.target),
		previous: asNumber(row.previous),
		previousYear: asNumber(row.previous_year),
		cases: Number(row.sample_size ?? 0),
		minCases: Number(kpi.min_cases),
		version: Number(row.definition_version),
		history: series.map((period) => asNumber(at(period)?.value)),
		changes: [],
	};
}

const gainOf = (kpi: Kpi, results: readonly Result[]): ReportGain => {
	const row = results.find((one) => one.value !== null) ?? results[0];
	return {
		name: kpi.name,
		promise: kpi.promise ?? '',
		unit: kpi.unit,
		decimals: Number(kpi.decimals ?? 0),
		direction: kpi.direction,
		baseline: asNumber(kpi.baseline),
		baselineSource: kpi.baseline_source,
		target: asNumber(row?.target),
		value: asNumber(row?.value),
		cases: Number(row?.sample_size ?? 0),
		formula: kpi.formula,
	};
};

type Wanted = { kind: ReportKind; reader: Reader; period: Period };

async function scopeOf(knex: Knex, kind: ReportKind, reader: Reader): Promise<{ scope: string; key: string; name: string }> {
	const { scope } = reportKinds[kind];
	if (scope === 'person') return { scope, key: reader.id, name: reader.name };
	if (scope === 'company') return { scope, key: 'company', name: 'Toute l’entreprise' };
	const team = (await knex('teams').where({ id: reader.team }).first('name')) as { name: string } | undefined;
	return { scope, key: reader.team ?? 'none', name: team?.name ?? 'Votre équipe' };
}

/** The report as its reader would see the figures now, frozen; throws in French when the reader may not sign in any more. */
export async function gatherReport(host: Host, { kind, reader, period }: Wanted): Promise<Report> {
	const { database } = host;
	const { accountability } = await readPerson(database, reader.id);
	const { scope, key, name } = await scopeOf(database, kind, reader);
	const profile = (await database('company_profile').first('trade_name', 'legal_name')) as { trade_name: string | null; legal_name: string | null } | undefined;
	const isGains = kind === 'gains';
	const columns = ['id', 'key', 'name', 'unit', 'decimals', 'direction', 'formula', 'min_cases', 'status', 'baseline', 'baseline_source', 'promise'];
	const shown = isGains ? null : await cockpitKpis(database, reader);
	const query = database('kpis').where({ status: 'active' }).orderBy(['sort', 'key']).select(columns);
	const rows = (await (shown ? query.whereIn('id', shown) : query.whereNotNull('promise'))) as Kpi[];
	const kpis = shown ? rows.toSorted((one, other) => shown.indexOf(one.id) - shown.indexOf(other.id)) : rows;
	const periods = lastPeriods(period.kind, period.start, historyLength);
	const month = lastPeriods('month', period.end, historyLength);
	const quarter = lastPeriods('quarter', period.end, 1);
	const all = [...new Map([...periods, ...month, ...quarter].map((one) => [`${one.kind}:${one.start}`, one])).values()];
	const results = kpis.length > 0 ? await readResults({ host, accountability }, kpis.map(({ id }) => id), all, scope, key) : [];
	const of = (kpi: Kpi): Result[] => results.filter((row) => row.kpi === kpi.id);
	return {
		version: 1,
		kind,
		title: reportKinds[kind].title,
		company: profile?.trade_name ?? profile?.legal_name ?? 'Orchestre',
		reader: reader.name,
		scope: name,
		period: { start: isoOf(period.start), end: isoOf(period.end), name: periodName(period), isOver: period.end < toParis(now()).day },
		madeAt: now().toISOString(),
		figures: isGains ? [] : kpis.flatMap((kpi) => figureOf(kpi, of(kpi), periods, month) ?? []),
		gains: isGains ? kpis.map((kpi) => gainOf(kpi, of(kpi).toSorted((one, other) => (one.period_start < other.period_start ? 1 : -1)))) : [],
	};
} // prettier-ignore

/** The period that a report of this kind is about on a day: the running one, or the last that has ended. */
export const reportPeriod = (kind: ReportKind, today: number, isOver: boolean): Period => {
	const running = periodOf(reportKinds[kind].period, today);
	return isOver ? periodOf(running.kind, running.start - 1) : running;
};
