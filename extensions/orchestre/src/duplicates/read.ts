import { chunks, type Knex } from '../platform/directus.ts';
import { pairsOfCompanies, pairsOfPeople, type Found } from './rules/blocks.ts';
import { companyFacts, companyOfLead, personFacts, type CompanyFacts, type PersonFacts, type Row } from './rules/facts.ts';
import { columns, type Kind } from './rules/kinds.ts';

/** What a search looks at; nothing that is archived, merged or anonymised. */
export type Facts = { people: PersonFacts[]; companies: CompanyFacts[] };

const pageSize = 1000;

/** Rows of records that are not archived, with all that `isLiving` and the rules read of them. */
export const rowsOf = (knex: Knex, kind: Kind): Knex.QueryBuilder =>
	knex(kind)
		.where((either) => void either.where('archived', false).orWhereNull('archived'))
		.select('id', 'merged_into', ...columns[kind], ...(kind === 'people' ? ['anonymised_at'] : []));

/**
 * Whether a row takes part in the search. No condition of the query: SQLite would take the index on what is empty in nearly all rows,
 * and none of those that the search is for.
 */
export const isLiving = (row: Row): boolean => !row['merged_into'] && !row['anonymised_at'];

/** A lead of which only the company is known is compared as one, while it is open. */
const isCompanyLead = (row: Row): boolean => !row['first_name'] && !row['last_name'] && Boolean(row['company_name']);

/** What rows of a kind say, as the rules compare it. */
export function factsOf(kind: Kind, rows: readonly Row[]): Facts {
	if (kind === 'companies') return { people: [], companies: rows.map(companyFacts) };
	if (kind === 'people') return { people: rows.map(personFacts), companies: [] };
	return {
		people: rows.filter((row) => !isCompanyLead(row)).map(personFacts),
		companies: rows.filter((row) => isCompanyLead(row) && !['converted', 'lost'].includes(row['status'] ?? '')).map(companyOfLead),
	};
}

/** Two rows of a kind, compared as they are: one pair at most. */
export function compareRows(kind: Kind, one: Row, other: Row): Found[] {
	const { people, companies } = factsOf(kind, [one, other]);
	return [...pairsOfPeople(people), ...pairsOfCompanies(companies)].flatMap((pair) => pair ?? []);
}

/** All living records of a kind, page by page: the connection is free for others in between. */
export async function readAll(knex: Knex, kind: Kind): Promise<Facts> {
	const all: Facts = { people: [], companies: [] };
	for (let after = ''; ;) {
		const query = rowsOf(knex, kind).orderBy('id').limit(pageSize);
		const rows = (await (after ? query.where('id', '>', after) : query)) as Row[];
		const { people, companies } = factsOf(kind, rows.filter(isLiving));
		all.people.push(...people);
		all.companies.push(...companies);
		after = rows.at(-1)?.['id'] ?? '';
		if (rows.length < pageSize) return all;
	}
}

/** Living records of these ids. */
export async function readSome(knex: Knex, kind: Kind, ids: readonly string[]): Promise<Row[]> {
	const rows: Row[] = [];
	for (const part of chunks(ids, 500)) rows.push(...((await rowsOf(knex, kind).whereIn('id', part)) as Row[]).filter(isLiving));
	return rows;
}
