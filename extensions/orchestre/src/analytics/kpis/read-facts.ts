import { storedDay } from '../../platform/columns.ts';
import type { Knex } from '../../platform/directus.ts';
import { fromParis, toParis } from '../../platform/time/paris.ts';
import { dialectOf } from './dialect.ts';
import type { Facts } from './types.ts';

/** Sums of facts of one slice of time, owner, team and part (and company, where asked for). */
export type Sum = { slice: number; owner: string | null; team: string | null; part: string | null; company: string | null; value: number; n: number };

type Raw = Omit<Sum, 'slice' | 'value' | 'n'> & { slice: number | string; value: number | string | null; n: number | string | null };

/**
 * One statement for all periods: the facts up to `asOf`, cut at the beginning of the days `cuts` (rules/slices.ts) and summed. `fromStart`:
 * what lies before the first cut counts, too. `byCompany`: one row more for each client.
 */
export async function readFacts(
	trx: Knex,
	facts: Facts,
	{ cuts, asOf, fromStart, byCompany }: { cuts: readonly number[]; asOf: Date; fromStart: boolean; byCompany: boolean },
): Promise<Sum[]> {
	const isDate = facts.dated === 'date';
	const bound = (day: number): Date => (isDate ? storedDay(day) : fromParis(day, 0));
	// A date counts from its own day on, a moment from itself.
	const limit = isDate ? storedDay(toParis(asOf).day + 1) : new Date(asOf.getTime() + 1);
	const slice = cuts.length === 0 ? '0' : `case ${cuts.map((_, index) => `when f.at < ? then ${index}`).join(' ')} else ${cuts.length} end`;
	const first = cuts[0];
	const lower = !fromStart && first !== undefined ? ' and f.at >= ?' : '';
	const company = byCompany ? 'f.company' : 'null';
	const inner = `select ${slice} as slice, f.owner, f.team, f.part, ${company} as company, f.value, f.n from (${facts.sql(dialectOf(trx))}) f where f.at < ?${lower}`;
	const groups = `slice, owner, team, part${byCompany ? ', company' : ''}`;
	const sql = `select slice, owner, team, part, ${byCompany ? 'company' : 'null as company'}, sum(value) as value, sum(n) as n from (${inner}) g group by ${groups}`;
	const bindings = [...cuts.map(bound), limit, ...(lower && first !== undefined ? [bound(first)] : [])];
	const result = (await trx.raw(sql, bindings)) as Raw[] | { rows: Raw[] };
	const rows = Array.isArray(result) ? result : result.rows;
	return rows.map((row) => ({ ...row, slice: Number(row.slice), value: Number(row.value ?? 0), n: Number(row.n ?? 0) }));
}
