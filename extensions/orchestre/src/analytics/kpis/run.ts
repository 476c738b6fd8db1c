import { isDeepStrictEqual } from 'node:util';
import { randomUUID } from 'node:crypto';
import type { Json, Knex } from '../../platform/directus.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { computeKpis, type Computed, type Reach, type Wanted } from './compute.ts';
import { kpiId } from './ids.ts';
import { comparisonsOf, spanKey } from './rules/comparisons.ts';
import { nobody } from './rules/figures.ts';
import type { Period } from './rules/periods.ts';
import { targetFinder } from './rules/targets.ts';
import { readResults, readTargets, resultKey, writeResults, type Result } from './stored.ts';

/** What a run did to `performance`; `figures`: results that stand now. */
export type Ran = { figures: number; written: number; deleted: number };

/**
 * A period's own figures, and those that it is compared with, in one computation. What has a function of its own costs statements for each
 * period: of periods that are over, only those within the run are compared.
 */
function withComparisons(wanted: readonly Wanted[], today: number): Wanted[] {
	return wanted.map(({ definition, periods }) => {
		const isDear = 'compute' in definition.formulaOf;
		const all = periods.flatMap((period) => [period, ...(isDear && period.end < today ? [] : Object.values(comparisonsOf(period, today)))]);
		const own = new Set(periods.map(spanKey));
		const spans = [...new Map(all.map((period) => [spanKey(period), period])).values()];
		return { definition, periods: spans, compared: new Set(spans.map(spanKey).filter((key) => !own.has(key))) };
	});
}

type Raw = [numerator: number, denominator: number, cases: number];
const rawOf = ({ numerator, denominator, cases }: Computed): Raw => [numerator, denominator ?? 0, cases];

/**
 * `parts`: numerator, denominator and cases by part; `was` and `year`: those of the periods it is compared with (rules/comparisons.ts),
 * `wasParts`: the parts of the previous one; `more`: what the KPI's own `details` say.
 */
function detailsOf(one: Computed, was: Computed | undefined, year: Computed | undefined): Json {
	const isCounted = one.scope !== 'client';
	const details = {
		...(one.parts && { parts: one.parts }),
		...(one.details !== undefined && { own: one.details }),
		...(was && isCounted && { was: rawOf(was) }),
		...(was?.parts && isCounted && { wasParts: was.parts }),
		...(year && isCounted && { year: rawOf(year) }),
		...(one.more !== undefined && { more: one.more }),
	};
	return Object.keys(details).length === 0 ? null : (JSON.parse(JSON.stringify(details)) as Json);
}

const idOrNull = (is: boolean, key: string): string | null => (is && key !== nobody ? key : null);

/** Teams of people, for `performance.team` of their rows: whoever leads the team may see them. */
async function teamsOf(trx: Knex): Promise<Map<string, string | null>> {
	const rows = (await trx('directus_users').select('id', 'team')) as { id: string; team: string | null }[];
	return new Map(rows.map(({ id, team }) => [id, team]));
}

/** A figure of somebody who was deleted belongs to nobody that a row could name. */
async function known(trx: Knex, table: string): Promise<Set<string>> {
	return new Set((await trx(table).pluck('id')) as string[]);
}

/**
 * Computes these KPIs for these periods and brings `performance` to it: what is new or changed is written, what no longer has any facts is
 * deleted, all else is left alone, so that a second run writes nothing. One transaction is the caller's matter.
 */
export async function runKpis(trx: Knex, wanted: readonly Wanted[], asOf: Date, reach: Reach = { clients: false }): Promise<Ran> {
	const today = toParis(asOf).day;
	const computed = await computeKpis(trx, withComparisons(wanted, today), asOf, reach);
	const at = (key: string, period: Period, scope: string, scopeKey: string): string => [key, spanKey(period), scope, scopeKey].join('|');
	const figures = new Map(computed.map((one) => [at(one.definition.key, one.period, one.scope, one.key), one]));
	const periods = [...new Map(wanted.flatMap((one) => one.periods).map((period) => [spanKey(period), period])).values()];
	const target = targetFinder(await readTargets(trx, periods));
	const people = await teamsOf(trx);
	const teams = await known(trx, 'teams');
	const clients = reach.clients ? await known(trx, 'companies') : new Set<string>();
	const exists = { company: () => true, team: (key: string) => teams.has(key), person: (key: string) => people.has(key), client: (key: string) => clients.has(key) };
	const own = new Set(wanted.flatMap(({ definition, periods: ones }) => ones.map((period) => `${definition.key}|${spanKey(period)}`)));
	const results: Result[] = [];
	for (const one of computed) {
		const { definition, period, scope, key } = one;
		if (!own.has(`${definition.key}|${spanKey(period)}`) || (key !== nobody && !exists[scope](key))) continue;
		const { previous, yearBefore } = comparisonsOf(period, today);
		const was = figures.get(at(definition.key, previous, scope, key));
		const year = figures.get(at(definition.key, yearBefore, scope, key));
		const team = scope === 'team' ? idOrNull(true, key) : scope === 'person' ? (people.get(key) ?? null) : null;
		results.push({
			kpi: kpiId(definition.key),
			period_kind: period.kind,
			period_start: isoOf(period.start),
			period_end: isoOf(period.end),
			scope,
			scope_key: key,
			team,
			owner: idOrNull(scope === 'person', key),
			company: idOrNull(scope === 'client', key),
			value: one.value,
			target: target(kpiId(definition.key), definition, period, scope, key, team),
			previous: was?.value ?? null,
			previous_year: year?.value ?? null,
			numerator: one.numerator,
			denominator: one.denominator,
			sample_size: one.cases,
			is_final: period.end < today,
			definition_version: definition.version,
			details: detailsOf(one, was, year),
		});
	}
	const kpis = wanted.map(({ definition }) => kpiId(definition.key));
	const kept = await readResults(trx, kpis, periods, reach);
	const changed: (Result & { id: string })[] = [];
	for (const result of results) {
		const key = resultKey(result);
		const before = kept.get(key);
		kept.delete(key);
		const next = { ...result, id: before?.id ?? reach.idOf?.(key) ?? randomUUID() };
		if (!before || !isDeepStrictEqual(before, next)) changed.push(next);
	}
	await writeResults(trx, changed, asOf);
	const wantedKeys = new Set(wanted.flatMap(({ definition, periods: ones }) => ones.map(({ kind, start }) => `${kpiId(definition.key)}|${kind}|${isoOf(start)}`)));
	const gone = [...kept.values()].filter(({ kpi, period_kind, period_start }) => wantedKeys.has(`${kpi}|${period_kind}|${period_start}`)).map(({ id }) => id);
	for (let start = 0; start < gone.length; start += 500) await trx('performance').whereIn('id', gone.slice(start, start + 500)).delete();
	return { figures: results.length, written: changed.length, deleted: gone.length };
} // prettier-ignore
