import type { Json, Knex } from '../../platform/directus.ts';
import { toParis } from '../../platform/time/paris.ts';
import { dialectOf } from './dialect.ts';
import { readSource } from './read-facts.ts';
import { spanKey } from './rules/comparisons.ts';
import { figuresOf, totalsOf } from './rules/figures.ts';
import type { Period } from './rules/periods.ts';
import { cutsOf, windowOf, type Window } from './rules/slices.ts';
import { valueOf } from './rules/value.ts';
import type { Computing, Facts, Figure, KpiDefinition, Scope, Source, Term } from './types.ts';

/** What one KPI has in one period and scope: the figure, its value as it is stored, and its details. */
export type Computed = Figure & { definition: KpiDefinition; period: Period; value: number | null; more?: Json };

/** `compared` (keys of spans): periods that others are compared with, and that are not kept themselves. */
export type Wanted = { definition: KpiDefinition; periods: readonly Period[]; compared?: ReadonlySet<string> };

/** Which scopes a computation is for (clients are many, so they are left out unless asked for), and ids of new rows by their key. */
export type Reach = { clients: boolean; idOf?: (key: string) => string };

const termsOf = ({ formulaOf }: KpiDefinition): readonly Term[] => ('compute' in formulaOf ? [] : [...formulaOf.numerator, ...(formulaOf.denominator ?? [])]);
const scopesOf = ({ scopes }: KpiDefinition, { clients }: Reach): Scope[] => scopes.filter((scope) => scope !== 'client' || clients);

type Read = { windows: Window[]; scopes: Map<Facts, Set<Scope>> };

/** Each source once, however many facts, KPIs and periods need it. */
async function readAll(trx: Knex, wanted: readonly Wanted[], asOf: Date, reach: Reach): Promise<Map<Facts, ReturnType<typeof totalsOf>>> {
	const today = toParis(asOf).day;
	const reads = new Map<Source, Read>();
	for (const { definition, periods } of wanted) {
		for (const term of termsOf(definition)) {
			const { source } = term.facts;
			const read = reads.get(source) ?? { windows: [], scopes: new Map<Facts, Set<Scope>>() };
			reads.set(source, read);
			read.windows.push(...periods.map((period) => windowOf(term, period, today)));
			read.scopes.set(term.facts, new Set([...(read.scopes.get(term.facts) ?? []), ...scopesOf(definition, reach)]));
		}
	}
	const totals = new Map<Facts, ReturnType<typeof totalsOf>>();
	for (const [source, { windows, scopes }] of reads) {
		const cuts = cutsOf(windows, today);
		const fromStart = windows.some(({ from }) => from === null);
		const byCompany = [...scopes.values()].some((own) => own.has('client'));
		const sums = await readSource(trx, source, [...scopes.keys()], { cuts, asOf, fromStart, byCompany });
		for (const [facts, rows] of sums) totals.set(facts, totalsOf(rows, cuts, [...(scopes.get(facts) ?? [])]));
	}
	return totals;
}

/** A KPI that has nothing to tell of a period says so for the company, so that it is known to have been asked. */
const withCompany = (figures: readonly Figure[]): readonly Figure[] =>
	figures.some(({ scope }) => scope === 'company') ? figures : [...figures, { scope: 'company', key: 'company', numerator: 0, denominator: 0, cases: 0 }];

/** What was read under a name already is not read again. */
function onceEach(): Computing['once'] {
	const kept = new Map<string, Promise<unknown>>();
	return <T>(name: string, read: () => Promise<T>): Promise<T> => {
		const known = (kept.get(name) ?? read()) as Promise<T>;
		kept.set(name, known);
		return known;
	};
}

const spansOf = (wanted: readonly Wanted[]): Period[] => [
	...new Map(wanted.flatMap(({ periods }) => periods).map((period) => [spanKey(period), period])).values(),
];

/**
 * Computes KPIs for any periods as they were known at `asOf` (facts dated up to then), for all their scopes; writes nothing. A client's
 * figures are made for years only. Set-based: one statement for each source of facts, whatever the number of periods.
 */
export async function computeKpis(trx: Knex, wanted: readonly Wanted[], asOf: Date, reach: Reach = { clients: false }): Promise<Computed[]> {
	const totals = await readAll(trx, wanted, asOf, reach);
	const dialect = dialectOf(trx);
	const every = spansOf(wanted.filter(({ definition }) => 'compute' in definition.formulaOf));
	const once = onceEach();
	const computed: Computed[] = [];
	for (const { definition, periods, compared } of wanted) {
		const scopes = scopesOf(definition, reach);
		const { formulaOf } = definition;
		for (const period of periods) {
			const context = { trx, dialect, period, asOf, isShown: !compared?.has(spanKey(period)), periods, every, once };
			const figures =
				'compute' in formulaOf
					? withCompany(await formulaOf.compute(context))
					: figuresOf(formulaOf, ({ facts }) => totals.get(facts) ?? { cuts: [], groups: new Map() }, period, toParis(asOf).day);
			const more = context.isShown ? await definition.details?.(context) : undefined;
			for (const figure of figures) {
				if (!scopes.includes(figure.scope) || (figure.scope === 'client' && (period.kind !== 'year' || figure.key === 'none'))) continue;
				const value = valueOf(definition, figure.numerator, figure.denominator, figure.cases);
				const own = more?.get(`${figure.scope}:${figure.key}`);
				computed.push({ ...figure, definition, period, value, ...(own !== undefined && { more: own }) });
			}
		}
	}
	return computed;
}
