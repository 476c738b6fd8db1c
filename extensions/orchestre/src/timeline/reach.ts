import type { Reader } from './reader.ts';
import type { About, Subject } from './rules/types.ts';
import type { Reach } from './sources.ts';

export type Reached = { ids: Partial<Record<Reach, string[]>>; about: About };

/** So many related records are looked through, the newest; beyond, only what names the record itself is told. */
const most = 500;

async function ids(reader: Reader, collection: string, field: string, of: readonly string[], read = 'id', sort = ['-date_created']): Promise<string[]> {
	if (of.length === 0) return [];
	const rows = await reader.rows(collection, {
		needs: [field, read, ...sort.map((column) => column.replace('-', ''))],
		fields: [read],
		filter: { [field]: of.length === 1 ? { _eq: of[0] } : { _in: [...of] } },
		sort,
		limit: most,
	});
	return [...new Set(rows.map((row) => row[read]).filter((id): id is string => typeof id === 'string'))];
}

const merged = (...lists: (string | null | undefined)[][]): string[] => [...new Set(lists.flat().filter((id): id is string => typeof id === 'string'))];

const link = <Name extends keyof About>(name: Name, id: unknown): About => (typeof id === 'string' ? { [name]: id } : {});

async function ofLead(reader: Reader, id: string): Promise<Reached> {
	const [row, linked] = await Promise.all([
		reader.one('leads', id, ['converted_opportunity', 'company', 'person']),
		ids(reader, 'opportunities', 'lead', [id]),
	]);
	const { converted_opportunity: converted, company, person } = row;
	const deals = merged([converted as string | null], linked);
	return {
		ids: { leads: [id], deals, opportunities: deals, quotes: await ids(reader, 'quotes', 'opportunity', deals) },
		about: { lead: id, ...link('company', company), ...link('person', person), ...link('opportunity', converted) },
	};
}

async function ofCompany(reader: Reader, id: string): Promise<Reached> {
	await reader.one('companies', id, []);
	const [people, leads, deals] = await Promise.all([
		ids(reader, 'people', 'company', [id]),
		ids(reader, 'leads', 'company', [id]),
		ids(reader, 'opportunities', 'company', [id]),
	]);
	return { ids: { companies: [id], people, leads, deals, opportunities: deals }, about: { company: id } };
}

async function ofPerson(reader: Reader, id: string): Promise<Reached> {
	const { company } = await reader.one('people', id, ['company']);
	const [leads, deals, appointments] = await Promise.all([
		ids(reader, 'leads', 'person', [id]),
		ids(reader, 'opportunity_contacts', 'person', [id], 'opportunity', ['id']),
		ids(reader, 'planning_guests', 'person', [id], 'planning', ['-id']),
	]);
	return { ids: { people: [id], leads, deals, appointments }, about: { person: id, ...link('company', company) } };
}

/** Whom a call in this deal is most likely with: its main contact, or its only one. */
async function contactOf(reader: Reader, opportunity: string): Promise<string | null> {
	const rows = await reader.rows('opportunity_contacts', {
		needs: ['opportunity', 'person', 'is_primary'],
		fields: ['person', 'is_primary'],
		filter: { opportunity: { _eq: opportunity } },
		sort: ['-is_primary', 'id'],
		limit: 2,
	});
	const [first, second] = rows;
	return first && (!second || first['is_primary'] === true) ? (first['person'] as string | null) : null;
}

async function ofOpportunity(reader: Reader, id: string): Promise<Reached> {
	const [{ lead, company }, converted, quotes, person] = await Promise.all([
		reader.one('opportunities', id, ['lead', 'company']),
		ids(reader, 'leads', 'converted_opportunity', [id]),
		ids(reader, 'quotes', 'opportunity', [id]),
		contactOf(reader, id),
	]);
	return {
		ids: { opportunities: [id], deals: [id], leads: merged([lead as string | null], converted), quotes },
		about: { opportunity: id, ...link('company', company), ...link('person', person) },
	};
}

/**
 * The records whose events are told with this one: a lead's deals, a company's people, leads and deals, a person's leads and
 * deals, a deal's lead; all as far as the caller sees them. Throws Directus's 403 when the record itself is out of reach.
 */
export const reachOf: Readonly<Record<Subject, (reader: Reader, id: string) => Promise<Reached>>> = {
	leads: ofLead,
	companies: ofCompany,
	people: ofPerson,
	opportunities: ofOpportunity,
};
