import { isPostgres, type Knex } from '../platform/directus.ts';
import { companyKey } from '../platform/input/name-keys.ts';
import { factsOf, isLiving, rowsOf } from './read.ts';
import { compareCompanies, comparePeople, type Options, type Verdict } from './rules/compare.ts';
import { type CompanyFacts, type PersonFacts, type Row } from './rules/facts.ts';
import type { Kind } from './rules/kinds.ts';

/** A record that may be the same as the one asked about. */
export type Candidate = { id: string; label: string; verdict: Verdict };

const most = 200;

const phones = { companies: ['phone'], people: ['phone', 'mobile'], leads: ['phone'] } as const;

type Search = (query: Knex.QueryBuilder, knex: Knex) => void;

/**
 * Texts that begin so, found by an index on both databases: SQLite has none for `like`, but keeps texts in the order of their bytes;
 * PostgreSQL's is made for patterns (migration 20261122F). What somebody typed has signs of a pattern that are none.
 */
const begins =
	(column: string, text: string): Search =>
	(query, knex) =>
		isPostgres(knex)
			? void query.orWhereRaw(`?? like ? escape '!'`, [column, `${text.replaceAll(/[!%_]/g, '!$&')}%`])
			: void query.orWhere((both) => void both.where(column, '>=', text).where(column, '<', `${text}\uffff`));

function byNumbers(kind: Kind, row: Row): Search[] {
	const numbers = [row['phone'], row['mobile']].flatMap((number) => number || []);
	return [
		...(row['email'] ? [(query: Knex.QueryBuilder) => void query.orWhere('email', (row['email'] ?? '').trim().toLowerCase())] : []),
		...(numbers.length > 0 ? phones[kind].map((column) => (query: Knex.QueryBuilder) => void query.orWhereIn(column, numbers)) : []),
		...(row['siren'] && kind !== 'people' ? [(query: Knex.QueryBuilder) => void query.orWhere('siren', row['siren'] ?? '')] : []),
	];
}

/** How a name is typed, as the index on it finds it; other mixtures are found at night. */
const spellings = (name: string): string[] => [name, name.toLowerCase(), name.toUpperCase(), capitalised(name)];

const capitalised = (name: string): string => name.toLowerCase().replaceAll(/(?<![\p{L}’'])\p{L}/gu, (letter) => letter.toUpperCase());

/** People by their name as typed, either way round, and by its beginnings for a slip further on. */
function byPersonName(kind: Kind, { first, last, company }: PersonFacts, row: Row): Search[] {
	if (!last || !first) return [];
	if (kind === 'leads') {
		const names = [row['last_name'], row['first_name'], last, first].flatMap((name) => (name ? spellings(name) : []));
		return [(query) => void query.orWhereIn('last_name', [...new Set(names)])];
	}
	const near = (one: string, other: string): Search => begins('name_key', `${one} ${other.slice(0, 2)}`);
	const colleagues: Search = (query) => void query.orWhere('company', company);
	return [near(first, last), near(last, first), ...(company ? [colleagues] : [])];
}

function byCompanyName(kind: Kind, { names, domain }: CompanyFacts, row: Row): Search[] {
	const column = kind === 'leads' ? 'company_key' : 'name_key';
	const typed = companyKey(row['name'] ?? row['company_name']);
	const words = [...new Set([typed, ...names].flatMap((name) => name ?? []))].filter((name) => name.length >= 3);
	return [
		...words.map((name) => begins(column, name.slice(0, Math.max(4, Math.ceil(name.length * 0.6))))),
		...(domain && kind === 'companies' ? [(query: Knex.QueryBuilder) => void query.orWhere('domain', domain)] : []),
	];
}

/**
 * Living records of `kind` that may be the one that `row` describes, the surest first: searched by indexed columns, then compared by
 * the same rules as every night. `row` has the columns of `rules/facts.ts`, cleaned as they are stored; its `id` is left out.
 */
export async function candidatesFor(knex: Knex, kind: Kind, row: Row, options: Options = {}): Promise<Candidate[]> {
	const { people, companies } = factsOf(kind, [row]);
	const [person, company] = [people[0], companies[0]];
	const searches = [...byNumbers(kind, row), ...(person ? byPersonName(kind, person, row) : []), ...(company ? byCompanyName(kind, company, row) : [])];
	if (searches.length === 0) return [];
	const query = rowsOf(knex, kind)
		.where((either) => searches.forEach((search) => search(either, knex)))
		.limit(most);
	const rows = (await (row['id'] ? query.whereNot('id', row['id']) : query)) as Row[];
	const facts = factsOf(kind, rows.filter(isLiving));
	const verdicts = [
		...(person ? facts.people.map((one) => ({ id: one.id, label: one.label, verdict: comparePeople(person, one, options) })) : []),
		...(company ? facts.companies.map((one) => ({ id: one.id, label: one.label, verdict: compareCompanies(company, one, options) })) : []),
	];
	return verdicts
		.flatMap(({ id, label, verdict }) => (verdict ? [{ id, label, verdict }] : []))
		.toSorted((a, b) => b.verdict.sureness - a.verdict.sureness || (a.id < b.id ? -1 : 1));
}
