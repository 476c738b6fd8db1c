import { companyKey, nameKey } from '../../../platform/input/name-keys.ts';
import type { Knex } from '../../../platform/directus.ts';
import { UserError } from '../../../platform/errors.ts';
import { counted } from '../../../platform/text.ts';
import { mostContacts } from '../../understanding/vcard.ts';
import { addressOf } from '../rules/address.ts';
import type { Filing } from '../context.ts';
import { mergeInto } from '../rules/merge.ts';
import type { Values } from '../rules/values.ts';
import type { Filed } from '../types.ts';
import { companyFor, findCompany, type Found } from './companies.ts';

type Person = Record<string, unknown> & { id: string; first_name: string | null; last_name: string; company: string | null };

const labels = { first_name: 'prénom', last_name: 'nom', job_title: 'fonction', email: 'e-mail', phone: 'téléphone', mobile: 'mobile', street: 'adresse', postal_code: 'code postal', city: 'ville' } as const; // prettier-ignore

const found = (values: Values): Record<keyof typeof labels, string | null> => ({
	first_name: values.text('contact_first_name'),
	last_name: values.text('contact_last_name'),
	job_title: values.text('contact_job'),
	email: values.text('contact_email')?.toLowerCase() ?? null,
	phone: values.text('contact_phone'),
	mobile: values.text('contact_mobile'),
	...addressOf(values.text('contact_address')),
});

/** What the same file made before: keys of names are written with the commit, so that the database does not find it by them yet. */
type Made = { companies: Map<string, Found>; people: Map<string, string> };

const personKey = (values: Values, company: string | null): string =>
	`${nameKey(values.text('contact_first_name'), values.text('contact_last_name'))}:${company}`;

/** Who it is: by e-mail, else by name within the company. Somebody of the same name elsewhere is somebody else. */
async function findPerson(trx: Knex, values: Values, company: string | null, made: Made): Promise<Person | null> {
	const living = () => trx('people').where((either) => void either.whereNull('archived').orWhere('archived', false)).whereNull('anonymised_at').orderBy(['date_created', 'id']); // prettier-ignore
	const email = values.text('contact_email')?.toLowerCase();
	const byMail = email ? ((await living().where({ email }).first()) as Person | undefined) : undefined;
	if (byMail) return byMail;
	const before = made.people.get(personKey(values, company));
	if (before) return ((await living().where({ id: before }).first()) as Person | undefined) ?? null;
	const key = nameKey(values.text('contact_first_name'), values.text('contact_last_name'));
	if (!key || !company) return null;
	return ((await living().where({ name_key: key, company }).first()) as Person | undefined) ?? null;
}

/** The company on the card: by its name, else by the domain of the address; made as a prospect where nobody has it yet. */
async function companyOnCard(filing: Filing, made: Made): Promise<Found | null> {
	const { trx, values } = filing;
	const name = values.text('contact_company');
	const key = companyKey(name);
	const before = key === null ? undefined : made.companies.get(key);
	if (before) return { ...before, record: { ...before.record, created: false } };
	const none = { siren: null, siret: null, vatNumber: null, iban: null, address: addressOf(values.text('contact_address')) };
	const domain = values.text('contact_email')?.split('@')[1]?.toLowerCase();
	const known = name ? await findCompany(trx, { ...none, name }) : null;
	if (known && known !== 'ambiguous') return { company: known, record: { collection: 'companies', id: known.id, name: known.name, created: false } };
	if (domain) {
		const rows = (await trx('companies')
			.where({ domain })
			.limit(2)
			.select('id', 'name', 'siren', 'siret', 'vat_number', 'iban', 'is_supplier', 'is_client')) as Found['company'][];
		const [row] = rows;
		if (row && rows.length === 1 && (known !== 'ambiguous' || companyKey(row.name) === companyKey(name)))
			return { company: row, record: { collection: 'companies', id: row.id, name: row.name, created: false } };
	}
	if (!name || known === 'ambiguous') return null;
	const created = await companyFor(filing, { ...none, name }, 'is_prospect');
	if (key !== null) made.companies.set(key, created);
	return created;
}

/** One contact: made, or completed where fields are empty; what is there already stays and is named where it differs. */
async function fileOne(filing: Filing, before: Made): Promise<Filed> {
	const { trx, writer, document, values } = filing;
	const read = found(values);
	if (!read.last_name) throw new UserError('Il manque le nom du contact.');
	const onCard = await companyOnCard(filing, before);
	const records = onCard ? [onCard.record] : [];
	const made = onCard?.record.created ? [`Entreprise « ${onCard.company.name} » créée.`] : [];
	const person = await findPerson(trx, values, onCard?.company.id ?? null, before);
	const name = [read.first_name, read.last_name].filter(Boolean).join(' ');
	if (!person) {
		const id = await writer.create('people', { ...read, is_contact: true, company: onCard?.company.id ?? null, owner: document.owner, team: document.team });
		before.people.set(personKey(values, onCard?.company.id ?? null), id);
		return { records: [{ collection: 'people', id, name, created: true }, ...records], notes: [`Contact « ${name} » créé.`, ...made] };
	}
	const { fill, differences } = mergeInto(person, read, labels);
	const joins = !person.company && onCard ? { company: onCard.company.id } : {};
	await writer.update('people', [person.id], { ...fill, ...joins });
	const filled = Object.keys(fill).map((field) => labels[field as keyof typeof labels]);
	const known = [person.first_name, person.last_name].filter(Boolean).join(' ');
	const elsewhere =
		person.company && onCard && person.company !== onCard.company.id ? [`La carte le place chez « ${onCard.company.name} » : rien n’a été changé.`] : [];
	return {
		records: [{ collection: 'people', id: person.id, name: known, created: false }, ...records],
		notes: [
			`Rattaché au contact « ${known} »${filled.length > 0 ? `, complété : ${filled.join(', ')}` : ', déjà complet'}.`,
			...differences.map(({ label, kept, found: other }) => `Différent sur la carte, non repris : ${label} « ${other} » (fiche : « ${kept} »).`),
			...elsewhere,
			...made,
		],
	};
}

/** The contacts of a card, or of a file with several, one after the other: one that is named twice completes itself. */
export async function fileContact(filing: Filing): Promise<Filed> {
	const { others } = filing;
	if (others.length >= mostContacts)
		throw new UserError(`Ce fichier a plus de ${mostContacts} contacts : enregistrez-le en CSV, puis importez-le dans la liste des contacts.`);
	const named = others.filter((values) => values.text('contact_last_name'));
	const made: Made = { companies: new Map(), people: new Map() };
	const all: Filed[] = [];
	for (const values of [filing.values, ...named]) all.push(await fileOne({ ...filing, values }, made));
	const left = others.length - named.length;
	return {
		records: all.flatMap(({ records }) => records),
		notes: [...all.flatMap(({ notes }) => notes), ...(left > 0 ? [`Sans nom, non repris : ${counted(left, 'contact', 'contacts')}.`] : [])],
	};
}
