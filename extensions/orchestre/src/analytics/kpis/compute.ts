import type { Json, Knex } from '../../platform/directus.ts';
import { toParis } from '../../platform/time/paris.ts';
import { dialectOf } from './dialect.ts';
import { readFacts } from './read-facts.ts';
import { figuresOf, totalsOf } from './rules/figures.ts';
import type { Period } from './rules/periods.ts';
import { cutsOf, windowOf, type Window } from './rules/slices.ts';
import { valueOf } from './rules/value.ts';
import type { Facts, Figure, KpiDefinition, Scope, Term } from './types.ts';

/** What one KPI has in one period and scope: the figure, its value as it is stored, and its details. */
export type Computed = Figure & { definition: KpiDefinition; period: Period; value: number | null; more?: Json };

export type Wanted = { definition: KpiDefinition; periods: readonly Period[] };

/** Which scopes a computation is for (clients are many, so they are left out unless asked for), and ids of new rows by their key. */
export type Reach = { clients: boolean; idOf?: (key: string) => string };

const termsOf = ({ formulaOf }: KpiDefinition): readonly Term[] => ('compute' in formulaOf ? [] : [...formulaOf.numerator, ...(formulaOf.denominator ?? [])]);
const scopesOf = ({ scopes }: KpiDefinition, { clients }: Reach): Scope[] => scopes.filter((scope) => scope !== 'client' || clients);

type Read = { windows: Window[]; scopes: Set<Scope> };

/** Each select once, however many KPIs and periods need it. */
async function readAll(trx: Knex, wanted: readonly Wanted[], asOf: Date, reach: Reach): Promise<Map<Facts, ReturnType<typeof totalsOf>>> {
	const today = toParis(asOf).day;
	const reads = new Map<Facts, Read>();
	for (const { definition, periods } of wanted) {
		for (const term of termsOf(definition)) {
			const read = reads.get(term.facts) ?? { windows: [], scopes: new Set<Scope>() };
			reads.set(term.facts, read);
			read.windows.push(...periods.map((period) => windowOf(term, period, today)));
			scopesOf(definition, reach).forEach((scope) => read.scopes.add(scope));
		}
	}
	const totals = new Map<Facts, ReturnType<typeof totalsOf>>();
	for (const [facts, { windows, scopes }] of reads) {
		const cuts = cutsOf(windows, today);
		const fromStart = windows.some(({ from }) => from === null);
		const rows = await readFacts(trx, facts, { cuts, asOf, fromStart, byCompany: scopes.has('client') });
		totals.set(facts, totalsOf(rows, cuts, [...scopes]));
	}
	return totals;
}

/** A KPI that has nothing to tell of a period says so for the company, so that it is known to have been asked. */
const withCompany = (figures: readonly Figure[]): readonly Figure[] =>
	figures.some(({ scope }) => scope === 'company') ? figures : [...figures, { scope: 'company', key: 'company', numerator: 0, denominator: 0, cases: 0 }];

/**
 * Computes KPIs for any periods as they were known at `asOf` (facts dated up to then), for all their scopes; writes nothing. A client's
 * figures are made for years only. Set-based: one statement for each select of facts, whatever the number of periods.
 */
export async function computeKpis(trx: Knex, wanted: readonly Wanted[], asOf: Date, reach: Reach = { clients: false }): Promise<Computed[]> {
	const totals = await readAll(trx, wanted, asOf, reach);
	const dialect = dialectOf(trx);
	const computed: Computed[] = [];
	for (const { definition, periods } of wanted) {
		const scopes = scopesOf(definition, reach);
		const { formulaOf } = definition;
		for (const period of periods) {
			const context = { trx, dialect, period, asOf };
			const figures =
				'compute' in formulaOf
					? withCompany(await formulaOf.compute(context))
					: figuresOf(formulaOf, ({ facts }) => totals.get(facts) ?? { cuts: [], groups: new Map() }, period, toParis(asOf).day);
			const more = await definition.details?.(context);
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
