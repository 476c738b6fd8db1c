import { z } from 'zod';
import type { Accountability, Host, Knex } from '../platform/directus.ts';
import { UserError } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { cleanCompany } from '../contacts/rules/companies.ts';
import { cleanPerson } from '../contacts/rules/people.ts';
import { normaliseLeadInput } from '../leads/rules/normalise.ts';
import { candidatesFor } from './candidates.ts';
import { readable, signedIn } from './merge/actor.ts';
import { pairKey } from './pairs.ts';
import type { Level } from './rules/compare.ts';
import { type Row } from './rules/facts.ts';
import { columns, kinds, type Kind } from './rules/kinds.ts';

/** A record that may be what somebody is typing. `pair`: where the two are compared, once both are saved and proposed. */
export type Similar = { collection: Kind; id: string; label: string; level: Level; sureness: number; reasons: string[]; pair: string | null };

const text = z.string().max(255).nullish();
const requestSchema = z.object({ collection: z.enum(kinds), id: z.string().nullish(), values: z.record(z.string(), z.unknown()) });

/** At most so many are shown of each kind. */
const shown = 5;

/** What was typed, as it would be stored: the columns that the search reads; what is not right yet is left out. */
function cleaned(kind: Kind, values: Record<string, unknown>): Row {
	const typed = Object.fromEntries(
		columns[kind].flatMap((column) => (text.safeParse(values[column]).success && values[column] ? [[column, values[column]]] : [])),
	);
	const clean = { companies: cleanCompany, people: cleanPerson, leads: normaliseLeadInput }[kind](typed, null).values;
	const row = { ...typed, ...clean };
	for (const column of ['email', 'phone', 'mobile', 'siren', 'siret', 'vat_number']) if (column in typed && !(column in clean)) delete row[column];
	for (const column of ['company', 'parent', 'user']) if (!isUuid(row[column])) delete row[column];
	return row as Row;
}

/** The same words as the record of another kind would hold them: a lead may be about a known person or company. */
function elsewhere(kind: Kind, row: Row): [Kind, Row][] {
	if (kind !== 'leads') return [];
	return [
		...(row['first_name'] || row['last_name'] ? [['people', { ...row, mobile: row['phone'] }] as [Kind, Row]] : []),
		...(row['company_name'] ? [['companies', { ...row, name: row['company_name'], phone: null, email: null }] as [Kind, Row]] : []),
	];
}

async function search(host: Host, accountability: Accountability, kind: Kind, row: Row): Promise<Omit<Similar, 'pair'>[]> {
	const candidates = (await candidatesFor(host.database, kind, row, { hint: true })).slice(0, 20);
	const seen = await readable(
		host,
		accountability,
		kind,
		candidates.map(({ id }) => id),
	);
	return candidates
		.filter(({ id }) => seen.has(id))
		.slice(0, shown)
		.map(({ id, label, verdict }) => ({ collection: kind, id, label, ...verdict }));
}

/** Pairs that somebody has decided are no duplicates do not warn again. */
async function withPairs(knex: Knex, kind: Kind, id: string | null, found: Omit<Similar, 'pair'>[]): Promise<Similar[]> {
	if (!id || found.length === 0) return found.map((one) => ({ ...one, pair: null }));
	const keys = new Map(found.map((one) => [pairKey(kind, id, one.id), one.id]));
	const rows = (await knex('duplicate_pairs')
		.whereIn('pair_key', [...keys.keys()])
		.select('id', 'pair_key', 'state')) as { id: string; pair_key: string; state: string }[];
	const byOther = new Map(rows.map((row) => [keys.get(row.pair_key), row]));
	return found.filter((one) => byOther.get(one.id)?.state !== 'not_duplicates').map((one) => ({ ...one, pair: byOther.get(one.id)?.id ?? null }));
}

/**
 * Records that may be what the caller is typing in a form: { collection, id?, values }. Only those that the caller may read; what they
 * may not read is not even counted.
 */
export async function similarTo(host: Host, accountability: Accountability | null, body: unknown): Promise<Similar[]> {
	const actor = signedIn(accountability);
	const request = requestSchema.safeParse(body);
	if (!request.success) throw new UserError('Indiquez { collection, values } et, pour une fiche existante, id.');
	const { collection: kind, values } = request.data;
	const id = isUuid(request.data.id) ? request.data.id : null;
	const row = cleaned(kind, values);
	const own = await withPairs(host.database, kind, id, await search(host, actor, kind, { ...row, ...(id && { id }) }));
	const others: Similar[] = [];
	for (const [other, words] of elsewhere(kind, row)) others.push(...(await search(host, actor, other, words)).map((one) => ({ ...one, pair: null })));
	// Half the country is called Martin: of people a name alone is no hint that the lead is known.
	return [...own, ...others.filter(({ collection, level }) => collection === 'companies' || level !== 'possible')];
}
