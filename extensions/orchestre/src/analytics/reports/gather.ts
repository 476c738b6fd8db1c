import { now } from '../../platform/clock.ts';
import { numberOrNull } from '../../platform/columns.ts';
import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { readPerson } from '../../exchange/person.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { definitionOf } from '../kpis/definitions/index.ts';
import { answerKpi, type KpiAnswer } from '../kpis/read/answer.ts';
import { lastPeriods, periodName, periodOf, type Period } from '../kpis/rules/periods.ts';
import { defaultKinds } from '../kpis/rules/wanted.ts';
import type { Scope, Unit } from '../kpis/types.ts';
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
	version: number;
	baseline: number | null;
	baseline_source: string | null;
	promise: string | null;
};
/** The KPIs that the reader's own cockpit shows, else the one that this report is made from, else the first of their role; in its order. */
async function cockpitKpis(knex: Knex, { roleId, id }: Reader, kind: ReportKind): Promise<string[]> {
	const cockpit = (await knex('dashboards')
		.where({ status: 'active' })
		.where((either) => void either.where({ owner: id }).orWhere({ role: roleId }))
		.orderByRaw('case when owner is null then 1 else 0 end, case when key = ? then 0 else 1 end, sort, id', [reportKinds[kind].cockpit ?? ''])
		.first('id')) as { id: string } | undefined;
	return cockpit ? ((await knex('dashboard_kpis').where({ dashboard: cockpit.id }).orderBy(['sort', 'id']).pluck('kpi')) as string[]) : [];
}

type Reads = { host: Host; accountability: Accountability; scope: Exclude<Scope, 'client'>; key: string };

/** A KPI's answer for a period and those before, as the reader would get it; null where there is no result that they may see. */
async function answerOf({ host, accountability, scope, key }: Reads, kpi: Kpi, wanted: Period): Promise<KpiAnswer | null> {
	const definition = definitionOf(kpi.key);
	if (!definition?.scopes.includes(scope)) return null;
	// Where a KPI has no weeks, the running month stands in for them.
	const kind = (definition.periods ?? defaultKinds).includes(wanted.kind) ? wanted.kind : 'month';
	const periods = lastPeriods(kind, wanted.end, historyLength);
	const answer = await answerKpi(host, accountability, definition, {
		kind,
		periods,
		scope,
		key: scope === 'company' ? null : key,
		compare: 'previous',
		format: 'json',
	});
	return answer.computed_at === null ? null : answer;
}

/** What a KPI's answer says, in the report's own shape. */
function figureOf(kpi: Kpi, { period, value, target, previous, previous_year, sample_size, trend, change }: KpiAnswer): ReportFigure {
	// The first sentence says what the figure is and was; of the others those that say by what it changed.
	const [first, ...others] = change.sentences;
	const reasons = others.slice(target === null || value === null ? 0 : 1);
	return {
		key: kpi.key,
		name: kpi.name,
		unit: kpi.unit,
		decimals: Number(kpi.decimals ?? 0),
		direction: kpi.direction,
		formula: kpi.formula,
		period: { kind: period.kind as Period['kind'], start: period.start, end: period.end },
		value,
		target: target?.value ?? null,
		previous: previous.value,
		previousYear: previous_year.value,
		cases: sample_size,
		minCases: Number(kpi.min_cases),
		version: Number(kpi.version),
		history: trend.map((point) => point.value),
		changes: first && reasons.length > 0 ? [[first, ...reasons].join(' ')] : [],
	};
}

const gainOf = (kpi: Kpi, answer: KpiAnswer | null): ReportGain => ({
	name: kpi.name,
	promise: kpi.promise ?? '',
	unit: kpi.unit,
	decimals: Number(kpi.decimals ?? 0),
	direction: kpi.direction,
	baseline: numberOrNull(kpi.baseline),
	baselineSource: kpi.baseline_source,
	target: answer?.target?.value ?? null,
	value: answer?.value ?? null,
	cases: answer?.sample_size ?? 0,
	formula: kpi.formula,
});

type Wanted = { kind: ReportKind; reader: Reader; period: Period };

async function scopeOf(knex: Knex, kind: ReportKind, reader: Reader): Promise<Pick<Reads, 'scope' | 'key'> & { name: string }> {
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
	const columns = ['id', 'key', 'name', 'unit', 'decimals', 'direction', 'formula', 'min_cases', 'version', 'baseline', 'baseline_source', 'promise'];
	const shown = isGains ? null : await cockpitKpis(database, reader, kind);
	const query = database('kpis').where({ status: 'active' }).orderBy(['sort', 'key']).select(columns);
	const rows = (await (shown ? query.whereIn('id', shown) : query.whereNotNull('promise'))) as Kpi[];
	const kpis = shown ? rows.toSorted((one, other) => shown.indexOf(one.id) - shown.indexOf(other.id)) : rows;
	const reads: Reads = { host, accountability, scope, key };
	const figures: ReportFigure[] = [];
	const gains: ReportGain[] = [];
	// One after the other: each reads its trend, and SQLite has one connection.
	for (const kpi of kpis) {
		const answer = await answerOf(reads, kpi, period);
		if (isGains) gains.push(gainOf(kpi, answer));
		else if (answer) figures.push(figureOf(kpi, answer));
	}
	return {
		version: 1,
		kind,
		title: reportKinds[kind].title,
		company: profile?.trade_name ?? profile?.legal_name ?? 'Orchestre',
		reader: reader.name,
		scope: name,
		period: { start: isoOf(period.start), end: isoOf(period.end), name: periodName(period), isOver: period.end < toParis(now()).day },
		madeAt: now().toISOString(),
		figures,
		gains,
	};
} // prettier-ignore

/** The period that a report of this kind is about on a day: the running one, or the last that has ended. */
export const reportPeriod = (kind: ReportKind, today: number, isOver: boolean): Period => {
	const running = periodOf(reportKinds[kind].period, today);
	return isOver ? periodOf(running.kind, running.start - 1) : running;
};
