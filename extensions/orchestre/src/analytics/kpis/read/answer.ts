import { now as clockNow } from '../../../platform/clock.ts';
import type { Accountability, Host, Json, Knex } from '../../../platform/directus.ts';
import { storedDay } from '../../../platform/columns.ts';
import { isoOf, toParis } from '../../../platform/time/paris.ts';
import { calendarOf } from '../../../platform/time/working-time.ts';
import { contributionsOf, largestOf, type Contribution, type Raw } from '../rules/change.ts';
import { comparisonsOf } from '../rules/comparisons.ts';
import { expectedBy, gapOf, isReached } from '../rules/expected.ts';
import { periodName, previousOf, yearBefore, type Period } from '../rules/periods.ts';
import { changeSentence, contributionSentence, targetSentence, type Told } from '../rules/sentences.ts';
import { valueText } from '../rules/value.ts';
import { kpiId } from '../ids.ts';
import { decimalsOf } from '../seed-row.ts';
import { readerFor, type Reader } from '../../../timeline/reader.ts';
import type { KpiDefinition } from '../types.ts';
import type { Asked } from './asked.ts';
import { describe, type Described } from './described.ts';
import { readPoints, type Point } from './rows.ts';
import { namesOf, whoseOf, type Whose } from './whose.ts';

/** One period of the series. Values in the KPI's smallest unit: cents, basis points, thousandths (`scale` of them make one shown unit). */
export type SeriesPoint = { start: string; end: string; name: string; value: number | null; target: number | null; numerator: number | null; denominator: number | null; sample_size: number; is_final: boolean }; // prettier-ignore
export type ChangePart = { by: string; contributions: { key: string; name: string; delta: number }[]; rest: number };

export type KpiAnswer = {
	kpi: Described;
	period: { kind: string; start: string; end: string; name: string; is_final: boolean };
	scope: Whose;
	value: number | null;
	text: string | null;
	numerator: number | null;
	denominator: number | null;
	sample_size: number;
	computed_at: string | null;
	previous: { value: number | null; start: string; end: string };
	previous_year: { value: number | null; start: string; end: string };
	target: { value: number; expected: number | null; gap: number | null; reached: boolean | null } | null;
	trend: SeriesPoint[];
	change: { compare: string; delta: number | null; sentences: string[]; parts: ChangePart[] };
	details: Json;
}; // prettier-ignore

const mapOf = (parts: Record<string, Raw> | undefined): Map<string, Raw> => new Map(Object.entries(parts ?? {}));

/** Names of the values that a figure is broken down by. */
async function partNames(knex: Knex, { parts }: KpiDefinition): Promise<(key: string) => string> {
	const words = new Map(Object.entries(parts?.words ?? {}));
	if (parts?.table) {
		const { name, key, label } = parts.table;
		for (const row of (await knex(name).select(key, label)) as Record<string, string>[]) words.set(String(row[key]), String(row[label]));
	}
	return (key) => words.get(key) ?? key;
}

type Change = { delta: number | null; parts: ChangePart[]; sentences: string[] };

/** Takes the change apart, by the KPI's own parts and by the scopes below. */
async function explain(knex: Knex, definition: KpiDefinition, told: Told, own: Point, below: readonly Point[], compare: Asked['compare'], was: number | null): Promise<Change> {
	const delta = own.value === null || was === null ? null : own.value - was;
	if (delta === null || delta === 0 || compare === 'target') return { delta, parts: [], sentences: [] };
	const isRatio = own.denominator !== null;
	const found: { by: string; ones: Contribution[]; nameOf: (key: string) => string }[] = [];
	if (definition.parts && compare === 'previous' && own.details.parts)
		found.push({ by: definition.parts.name, ones: contributionsOf(mapOf(own.details.parts), mapOf(own.details.wasParts), definition, isRatio), nameOf: await partNames(knex, definition) });
	if (below.length > 0) {
		const names = await namesOf(knex, below[0]?.scope ?? 'team', below.map(({ key }) => key));
		const before = (point: Point): Raw | undefined => (compare === 'previous_year' ? point.details.year : point.details.was);
		const now = new Map(below.map((point): [string, Raw] => [point.key, [point.numerator ?? 0, point.denominator ?? 0, point.cases]]));
		const then = new Map(below.flatMap((point): [string, Raw][] => (before(point) ? [[point.key, before(point) as Raw]] : [])));
		found.push({ by: below[0]?.scope === 'person' ? 'personne' : 'équipe', ones: contributionsOf(now, then, definition, isRatio), nameOf: (key) => names.get(key) ?? 'Inconnu' });
	}
	const parts: ChangePart[] = [];
	const sentences: string[] = [];
	for (const { by, ones, nameOf } of found) {
		const { largest } = largestOf(ones);
		// What the parts in reach do not explain (another team's people, rounding) is said, so that the sum is exact.
		const rest = delta - largest.reduce((sum, one) => sum + Math.round(one.delta), 0);
		parts.push({ by, contributions: largest.map(({ key, delta: own_ }) => ({ key, name: nameOf(key), delta: Math.round(own_) })), rest });
		const sentence = contributionSentence(by, largest, rest, nameOf, told);
		if (sentence) sentences.push(sentence);
	}
	return { delta, parts, sentences };
} // prettier-ignore

/** Whether a run has made this period: where it has, there is at least the company's figure. Days are kept for a month, months for two years. */
const wasMade = async (knex: Knex, { key }: KpiDefinition, { kind, start }: Period): Promise<boolean> =>
	Boolean(await knex('performance').where({ kpi: kpiId(key), scope: 'company', period_kind: kind, period_start: storedDay(start) }).first('id')); // prettier-ignore

const emptyPoint = (whose: Whose, period: Period, definition: KpiDefinition, today: number, isMade: boolean): Point => ({
	scope: whose.scope,
	key: whose.key,
	start: period.start,
	target: null,
	previous: null,
	previousYear: null,
	denominator: null,
	cases: 0,
	computedAt: null,
	value: isMade && (definition.aggregation === 'sum' || definition.aggregation === 'last') ? 0 : null,
	numerator: isMade ? 0 : null,
	isFinal: period.end < today,
	version: definition.version,
	details: {},
});

const readCalendar = async (knex: Knex): Promise<ReturnType<typeof calendarOf>> =>
	calendarOf(((await knex('settings').first('opens_at', 'closes_at', 'alsace_moselle')) ?? {}) as Record<string, unknown>);

const warnRateOf = async (knex: Knex, { key }: KpiDefinition): Promise<number> =>
	Number(((await knex('kpis').where({ id: kpiId(key) }).first('warn_rate')) as { warn_rate: unknown } | undefined)?.warn_rate ?? 1000); // prettier-ignore

const spanOf = ({ start, end }: Period): { start: string; end: string } => ({ start: isoOf(start), end: isoOf(end) });

/** The answer to a request for one KPI, with the caller's own rights on results; `known`: a reader of `performance` that is there already. */
export async function answerKpi(host: Host, accountability: Accountability, definition: KpiDefinition, asked: Asked, known?: Reader): Promise<KpiAnswer> {
	const { database } = host;
	const today = toParis(clockNow()).day;
	const whose = await whoseOf(database, asked, definition, accountability);
	const reader = known ?? (await readerFor(host, accountability, ['performance']));
	const { series, below } = await readPoints(host, reader, accountability, definition, whose, asked.periods);
	const period = asked.periods.at(-1) as Period;
	const byStart = new Map(series.map((point) => [point.start, point]));
	const kept = byStart.get(period.start);
	const isMade = kept !== undefined || (await wasMade(database, definition, period));
	const own = kept ?? emptyPoint(whose, period, definition, today, isMade);
	const told: Told = { name: definition.name, unit: definition.unit, decimals: decimalsOf(definition) };
	const spans = comparisonsOf(period, today);
	const isYear = asked.compare === 'previous_year';
	const was = isYear ? own.previousYear : own.previous;
	const [change, calendar, warnRate] = await Promise.all([
		explain(database, definition, told, own, below, asked.compare, was),
		own.target === null ? null : readCalendar(database),
		own.target === null ? null : warnRateOf(database, definition),
	]);
	const expected = own.target === null || !calendar ? null : expectedBy(own.target, definition, period, today, calendar);
	const gap = own.target === null || expected === null || own.value === null ? null : gapOf(own.value, expected, definition.direction);
	const first = !isMade
		? `${definition.name}, ${periodName(period)} : ce chiffre n’est pas calculé pour cette période.`
		: changeSentence(told, own.value, was, period, isYear ? spans.yearBefore : spans.previous, isYear ? yearBefore(period) : previousOf(period));
	return {
		kpi: describe(definition),
		period: { kind: period.kind, ...spanOf(period), name: periodName(period), is_final: own.isFinal },
		scope: whose,
		value: own.value,
		text: own.value === null ? null : valueText(own.value, definition.unit, told.decimals),
		numerator: own.numerator,
		denominator: own.denominator,
		sample_size: own.cases,
		computed_at: own.computedAt,
		previous: { value: own.previous, ...spanOf(spans.previous) },
		previous_year: { value: own.previousYear, ...spanOf(spans.yearBefore) },
		target:
			own.target === null
				? null
				: { value: own.target, expected, gap, reached: gap === null || warnRate === null ? null : isReached(gap, definition.direction, warnRate) },
		trend: asked.periods.map((one) => {
			const point = byStart.get(one.start);
			return {
				...spanOf(one),
				name: periodName(one),
				value: point?.value ?? null,
				target: point?.target ?? null,
				numerator: point?.numerator ?? null,
				denominator: point?.denominator ?? null,
				sample_size: point?.cases ?? 0,
				is_final: point?.isFinal ?? one.end < today,
			};
		}),
		change: {
			compare: asked.compare,
			delta: asked.compare === 'target' ? (own.target === null || own.value === null ? null : own.value - own.target) : change.delta,
			parts: asked.compare === 'target' ? [] : change.parts,
			sentences: [
				first,
				...(own.value !== null && own.target !== null ? [targetSentence({ ...told, direction: definition.direction }, own.value, own.target, expected)] : []),
				...(asked.compare === 'target' ? [] : change.sentences),
			],
		},
		details: (own.details.own ?? (own.details.parts ? { parts: own.details.parts as unknown as Json } : null)) as Json,
	};
}
