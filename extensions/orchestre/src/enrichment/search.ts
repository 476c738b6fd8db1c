import type { Knex } from '../platform/directus.ts';
import { accessOf } from '../platform/connector/index.ts';
import { counted } from '../platform/text.ts';
import { findCompany, findEmail, hunter, register } from './providers.ts';
import type { Finding } from './record.ts';
import type { Match, Wanted } from './rules/match.ts';
import { companyValues, leadValues } from './rules/register.ts';
import type { Enriched } from './rules/types.ts';

type Row = Record<string, string | null>;

const wantedOf = (collection: Enriched, row: Row): Wanted => ({
	name: (collection === 'leads' ? row['company_name'] : row['name']) ?? null,
	siren: row['siren'] ?? null,
	postalCode: row['postal_code'] ?? null,
	city: row['city'] ?? null,
});

function findingOf(collection: Enriched, match: Match): Finding {
	if (match.kind === 'ambiguous') return { source: 'register', outcome: 'ambiguous', note: match.sentence, choices: match.choices };
	if (match.kind !== 'found') return { source: 'register', outcome: match.kind, note: match.sentence };
	const values = collection === 'leads' ? leadValues(match.unit) : companyValues(match.unit);
	const detail = `SIREN ${match.unit.siren}, trouvé par ${match.how}`;
	return {
		source: 'register',
		outcome: 'found',
		note: `Trouvée dans le registre : ${match.unit.nom_complet ?? match.unit.siren} (${match.how}).`,
		values,
		details: Object.fromEntries(Object.keys(values).map((field) => [field, detail])),
	};
}

const isFrench = (row: Row): boolean => !row['country'] || row['country'] === 'FR';

/** Asks the register about a company or a lead's company. Null: there is nothing to ask. `siren`: the one that a person chose. */
async function askRegister(knex: Knex, collection: Enriched, row: Row, siren: string | null): Promise<Finding | null> {
	if (collection === 'people' || !accessOf(register)) return null;
	if (!isFrench(row)) return { source: 'register', outcome: 'none', note: 'Le registre ne connaît que les entreprises françaises.' };
	const wanted = wantedOf(collection, row);
	return findingOf(collection, await findCompany(knex, siren ? { ...wanted, siren } : wanted));
}

const hostOf = (link: string | null | undefined): string | null =>
	(link ? URL.parse(link.includes('://') ? link : `https://${link}`)?.hostname.replace(/^www\d?\./, '') : null) || null;

/** Asks for the professional e-mail of a person who has none. Null: there is nothing to ask. */
async function askFinder(knex: Knex, collection: Enriched, row: Row): Promise<Finding | null> {
	if (collection === 'companies' || !accessOf(hunter) || row['email'] || row['email_consent'] === 'refused' || row['anonymised_at']) return null;
	const company = row['company']
		? ((await knex('companies').where({ id: row['company'] }).first('domain')) as { domain: string | null } | undefined)
		: undefined;
	const domain = hostOf(row['website']) ?? company?.domain ?? null;
	const { first_name: firstName, last_name: lastName } = row;
	if (!firstName || !lastName || !domain)
		return { source: 'hunter', outcome: 'none', note: 'Pour chercher l’e-mail, il faut un prénom, un nom et le site de l’entreprise.' };
	const found = await findEmail(knex, { firstName, lastName, domain });
	if (!found) return { source: 'hunter', outcome: 'none', note: 'Aucune adresse e-mail assez sûre n’a été trouvée.' };
	return { source: 'hunter', outcome: 'found', note: `E-mail trouvé : ${found.detail}.`, values: { email: found.email }, details: { email: found.detail } };
}

/** Why nothing can be asked for these rows at all, in French; null when something can. */
export function whyNot(collection: Enriched): string | null {
	const usable = { companies: [register], leads: [register, hunter], people: [hunter] }[collection];
	if (usable.some((connector) => accessOf(connector))) return null;
	return `Non configuré : ${usable.map(({ name }) => name).join(' et ')}. L’administrateur le règle dans .env (README, « Enrichissement »).`;
}

/** All that can be asked about one row, one source after the other, each finding as it comes. */
export async function* findings(knex: Knex, collection: Enriched, row: Row, siren: string | null): AsyncGenerator<Finding> {
	const company = await askRegister(knex, collection, row, siren);
	if (company) yield company;
	const email = await askFinder(knex, collection, row);
	if (email) yield email;
}

export const filledSentence = (count: number): string =>
	count === 0 ? 'Rien de nouveau à compléter.' : `${counted(count, 'champ complété', 'champs complétés')}.`;
