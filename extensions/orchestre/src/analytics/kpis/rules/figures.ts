import type { Figure, Formula, Scope, Term } from '../types.ts';
import type { Period } from './periods.ts';
import { slicesOf, windowOf } from './slices.ts';

/** Sums of one facts select by scope and part, with running totals over its slices. */
type Totals = { cuts: readonly number[]; groups: ReadonlyMap<string, Group> };
type Group = { scope: Scope; key: string; part: string | null; value: number[]; n: number[] };

export type SumRow = { slice: number; owner: string | null; team: string | null; part: string | null; company: string | null; value: number; n: number };

/** A figure that belongs to nobody, or to no team. */
export const nobody = 'none';

const keysOf = (row: SumRow, scopes: readonly Scope[]): [Scope, string][] =>
	scopes.map((scope): [Scope, string] => {
		if (scope === 'company') return [scope, 'company'];
		if (scope === 'team') return [scope, row.team ?? nobody];
		return [scope, (scope === 'person' ? row.owner : row.company) ?? nobody];
	});

/** Puts sums together by scope and part; afterwards the sum over any run of slices is one subtraction. */
export function totalsOf(rows: readonly SumRow[], cuts: readonly number[], scopes: readonly Scope[]): Totals {
	const groups = new Map<string, Group>();
	const empty = (): number[] => Array.from({ length: cuts.length + 2 }, () => 0);
	for (const row of rows) {
		for (const [scope, key] of keysOf(row, scopes)) {
			// A client's figures are not broken down: there are thousands of clients.
			const part = scope === 'client' ? null : row.part;
			const id = `${scope}\n${key}\n${part ?? ''}`;
			let group = groups.get(id);
			if (!group) groups.set(id, (group = { scope, key, part, value: empty(), n: empty() }));
			group.value[row.slice + 1] = (group.value[row.slice + 1] ?? 0) + row.value;
			group.n[row.slice + 1] = (group.n[row.slice + 1] ?? 0) + row.n;
		}
	}
	for (const { value, n } of groups.values())
		for (const list of [value, n]) for (let index = 1; index < list.length; index++) list[index] = (list[index] ?? 0) + (list[index - 1] ?? 0);
	return { cuts, groups };
}

type Cell = { numerator: number; denominator: number; numeratorCases: number; denominatorCases: number };
type Collected = { scope: Scope; key: string; parts: Map<string | null, Cell> };

function add(into: Map<string, Collected>, term: Term, totals: Totals, period: Period, today: number, isNumerator: boolean): void {
	const [from, to] = slicesOf(windowOf(term, period, today), totals.cuts);
	for (const { scope, key, part, value, n } of totals.groups.values()) {
		if (term.only && !term.only.includes(part ?? '')) continue;
		const sum = ((value[to] ?? 0) - (value[from] ?? 0)) * (term.factor ?? 1);
		const cases = (n[to] ?? 0) - (n[from] ?? 0);
		if (sum === 0 && cases === 0) continue;
		const id = `${scope}:${key}`;
		let one = into.get(id);
		if (!one) into.set(id, (one = { scope, key, parts: new Map() }));
		let cell = one.parts.get(part);
		if (!cell) one.parts.set(part, (cell = { numerator: 0, denominator: 0, numeratorCases: 0, denominatorCases: 0 }));
		cell[isNumerator ? 'numerator' : 'denominator'] += sum;
		cell[isNumerator ? 'numeratorCases' : 'denominatorCases'] += cases;
	}
}

/**
 * The figures of one period out of sums of facts, for every scope that has any; the company always has one. Parts keep their own numerator,
 * denominator and cases, and sum to the figure.
 */
export function figuresOf(formula: Extract<Formula, { numerator: unknown }>, totals: (term: Term) => Totals, period: Period, today: number): Figure[] {
	const collected = new Map<string, Collected>([['company:company', { scope: 'company', key: 'company', parts: new Map() }]]);
	for (const term of formula.numerator) add(collected, term, totals(term), period, today, true);
	for (const term of formula.denominator ?? []) add(collected, term, totals(term), period, today, false);
	const isRatio = formula.denominator !== undefined;
	const counts = formula.cases ?? (isRatio ? 'denominator' : 'numerator');
	return [...collected.values()].map(({ scope, key, parts }): Figure => {
		const cells = [...parts].map(([part, cell]) => ({ part, ...cell, cases: counts === 'numerator' ? cell.numeratorCases : cell.denominatorCases }));
		const total = (pick: (cell: (typeof cells)[number]) => number): number => cells.reduce((sum, cell) => sum + pick(cell), 0);
		const named = cells.filter(({ part }) => part !== null);
		return {
			scope,
			key,
			numerator: Math.round(total((cell) => cell.numerator)),
			denominator: isRatio ? Math.round(total((cell) => cell.denominator)) : null,
			cases: total((cell) => cell.cases),
			...(named.length > 0 && {
				parts: Object.fromEntries(
					named
						.toSorted((a, b) => (String(a.part) < String(b.part) ? -1 : 1))
						.map(({ part, numerator, denominator, cases }) => [String(part), [Math.round(numerator), Math.round(denominator), cases] as const]),
				),
			}),
		};
	});
}
