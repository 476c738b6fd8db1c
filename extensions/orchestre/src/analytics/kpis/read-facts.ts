import { storedDay } from '../../platform/columns.ts';
import type { Knex } from '../../platform/directus.ts';
import { fromParis, toParis } from '../../platform/time/paris.ts';
import { dialectOf } from './dialect.ts';
import type { Facts, Source } from './types.ts';

/** Sums of facts of one slice of time, owner, team and part (and company, where asked for). */
export type Sum = { slice: number; owner: string | null; team: string | null; part: string | null; company: string | null; value: number; n: number };

type Raw = { slice: number | string; company: string | null } & Record<string, number | string | null>;

type Reading = { cuts: readonly number[]; asOf: Date; fromStart: boolean; byCompany: boolean };

const filtered = (where: string | undefined, value: string): string => (where === undefined ? value : `case when ${where} then ${value} end`);

/**
 * One statement for all periods and for all of these facts of one source: its rows up to `asOf`, cut at the beginning of the days `cuts`
 * (rules/slices.ts) and summed. `fromStart`: what lies before the first cut counts, too. `byCompany`: one row more for each client. Answers the
 * sums of each of the facts.
 */
export async function readSource(
	trx: Knex,
	source: Source,
	facts: readonly Facts[],
	{ cuts, asOf, fromStart, byCompany }: Reading,
): Promise<Map<Facts, Sum[]>> {
	const isDate = source.dated === 'date';
	const dialect = dialectOf(trx);
	const bound = (day: number): Date => (isDate ? storedDay(day) : fromParis(day, 0));
	// A date counts from its own day on, a moment from itself.
	const limit = isDate ? storedDay(toParis(asOf).day + 1) : new Date(asOf.getTime() + 1);
	const first = cuts[0];
	const lower = !fromStart && first !== undefined ? ' and f.at >= ?' : '';
	const some = facts.every(({ where }) => where !== undefined) ? ` and (${facts.map(({ where }) => `(${where})`).join(' or ')})` : '';
	const parts = [...new Set(facts.map(({ part }) => part))];
	const owners = [...new Set(facts.map(({ whose = '' }) => whose))];
	const people = owners.flatMap((whose) => [`${whose}owner`, `${whose}team`]);
	const keys = ['slice', ...people, ...(byCompany ? ['company'] : []), ...parts.map((_, index) => `p${index}`)];
	const columns = [
		`${dialect.slice('f.at', cuts.length, isDate)} as slice`,
		...[...people, ...(byCompany ? ['company'] : [])].map((name) => `f.${name}`),
		...parts.map((part, index) => `${part} as p${index}`),
		...facts.flatMap(({ value, n, where }, index) => [`${filtered(where, value)} as v${index}`, `${filtered(where, n)} as n${index}`]),
	];
	const sums = facts.map((_, index) => `sum(v${index}) as v${index}, sum(n${index}) as n${index}`);
	const inner = `select ${columns.join(', ')} from (${source.sql(dialect, dialect.bound(bound(first ?? toParis(asOf).day), isDate))}) f where f.at < ?${lower}${some}`;
	const sql = `select ${keys.join(', ')}, ${sums.join(', ')} from (${inner}) g group by ${keys.join(', ')}`;
	const bindings = [...cuts.map(bound), limit, ...(lower && first !== undefined ? [bound(first)] : [])];
	const result = (await trx.raw(sql, bindings)) as Raw[] | { rows: Raw[] };
	const rows = Array.isArray(result) ? result : result.rows;
	const text = (value: number | string | null | undefined): string | null => (value === null || value === undefined ? null : String(value));
	const own = ({ part, whose = '' }: Facts, index: number): Sum[] =>
		rows.flatMap((row) => {
			const [value, n] = [row[`v${index}`] ?? null, row[`n${index}`] ?? null];
			if (value === null && n === null) return [];
			const [owner, team, name] = [row[`${whose}owner`], row[`${whose}team`], row[`p${parts.indexOf(part)}`]].map(text);
			return [{ slice: Number(row.slice), owner: owner ?? null, team: team ?? null, company: row.company ?? null, part: name ?? null, value: Number(value ?? 0), n: Number(n ?? 0) }]; // prettier-ignore
		});
	return new Map(facts.map((one, index) => [one, own(one, index)]));
}
