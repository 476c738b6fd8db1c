import type { Knex } from '../platform/directus.ts';
import { strictest } from './rules/consent.ts';
import type { Reachable, Target } from './rules/types.ts';
import type { Values } from './rules/variables.ts';

/** Whom a run is about. */
export type Subject = { lead: string | null; person: string | null; opportunity: string | null };

type Row = Record<string, string | null>;

/** All that a message to this person needs: how to reach them, what to call them, where the exchange is noted. */
export type Recipient = {
	/** Gone when the row itself is no longer there. */
	exists: boolean;
	reachable: Reachable;
	name: string;
	values: Values;
	owner: string | null;
	team: string | null;
	company: string | null;
	person: string | null;
	/** In whose name it goes out: name, e-mail. */
	sender: { name: string | null; email: string | null };
	/** Our own company, as the footer names it. */
	house: string;
	/** Whom the opt-out link names. */
	linked: { collection: Target; id: string };
};

const first = async (knex: Knex, table: string, id: string | null | undefined): Promise<Row | null> =>
	id ? (((await knex(table).where({ id }).first()) as Row | undefined) ?? null) : null;

/** An objection belongs to the address: whoever else is kept with it counts as well. */
async function consentsOf(knex: Knex, column: 'email' | 'phone', values: readonly string[]): Promise<string[]> {
	if (values.length === 0) return [];
	const consent = `${column}_consent`;
	const answers: string[] = [];
	for (const table of ['leads', 'people']) {
		const query = knex(table).where((either) => {
			void either.whereIn(column, [...values]);
			if (column === 'phone' && table === 'people') void either.orWhereIn('mobile', [...values]);
		});
		answers.push(...((await query.distinct(consent).pluck(consent)) as string[]));
	}
	return answers;
}

const fullName = (row: Row | null): string => [row?.['first_name'], row?.['last_name']].filter(Boolean).join(' ');
const civilities: Readonly<Record<string, string>> = { mme: 'Madame', m: 'Monsieur' };

type Rows = { lead: Row | null; person: Row | null; company: Row | null; owner: Row | null; opportunity: Row | null; product: Row | null; house: Row | null };

function valuesOf({ lead, person, company, owner, opportunity, product, house }: Rows, houseName: string): Values {
	return {
		'contact.civilite': civilities[person?.['civility'] ?? ''] ?? null,
		'contact.prenom': lead?.['first_name'] ?? person?.['first_name'] ?? null,
		'contact.nom': lead?.['last_name'] ?? person?.['last_name'] ?? null,
		'contact.fonction': lead?.['job_title'] ?? person?.['job_title'] ?? null,
		'contact.email': lead?.['email'] ?? person?.['email'] ?? null,
		'contact.telephone': lead?.['phone'] ?? person?.['mobile'] ?? person?.['phone'] ?? null,
		'entreprise.nom': lead?.['company_name'] ?? company?.['name'] ?? null,
		'entreprise.ville': lead?.['city'] ?? company?.['city'] ?? null,
		'entreprise.site': lead?.['website'] ?? company?.['website'] ?? null,
		'demande.besoin': lead?.['need'] ?? null,
		'demande.produit': product?.['name'] ?? null,
		'affaire.nom': opportunity?.['name'] ?? null,
		'responsable.prenom': owner?.['first_name'] ?? null,
		'responsable.nom': owner?.['last_name'] ?? null,
		'responsable.fonction': owner?.['title'] ?? null,
		'responsable.email': owner?.['email'] ?? null,
		'societe.nom': houseName,
		'societe.telephone': house?.['phone'] ?? null,
		'societe.site': house?.['website'] ?? null,
		'societe.adresse': [house?.['street'], [house?.['postal_code'], house?.['city']].filter(Boolean).join(' ')].filter(Boolean).join(', ') || null,
	};
}

async function reachableOf(knex: Knex, { lead, person, company }: Rows): Promise<Reachable> {
	const email = lead?.['email'] ?? person?.['email'] ?? null;
	const phone = lead?.['phone'] ?? person?.['mobile'] ?? person?.['phone'] ?? null;
	return {
		email,
		phone,
		emailConsent: strictest([lead?.['email_consent'], person?.['email_consent'], ...(await consentsOf(knex, 'email', email ? [email] : []))]),
		phoneConsent: strictest([lead?.['phone_consent'], person?.['phone_consent'], ...(await consentsOf(knex, 'phone', phone ? [phone] : []))]),
		isConsumer: !company && !lead?.['company_name'] && !lead?.['siren'],
	};
}

/** Reads a person as they are now. `ownerOfSequence`: in whose name, when not that of the lead's or person's owner. */
export async function readRecipient(knex: Knex, subject: Subject, ownerOfSequence: string | null): Promise<Recipient> {
	const lead = await first(knex, 'leads', subject.lead);
	const person = await first(knex, 'people', subject.person ?? lead?.['person']);
	const opportunity = await first(knex, 'opportunities', subject.opportunity);
	const company = await first(knex, 'companies', lead?.['company'] ?? person?.['company'] ?? opportunity?.['company']);
	const house = ((await knex('company_profile').first()) as Row | undefined) ?? null;
	const owner = await first(knex, 'directus_users', ownerOfSequence ?? lead?.['owner'] ?? opportunity?.['owner'] ?? person?.['owner']);
	const rows: Rows = { lead, person, company, owner, opportunity, product: await first(knex, 'products', lead?.['product']), house };
	const houseName = house?.['trade_name'] ?? house?.['legal_name'] ?? 'notre société';
	return {
		exists: lead !== null || (subject.lead === null && person !== null),
		reachable: await reachableOf(knex, rows),
		name: fullName(lead) || fullName(person) || lead?.['company_name'] || 'ce contact',
		values: valuesOf(rows, houseName),
		owner: owner?.['id'] ?? null,
		team: lead?.['team'] ?? opportunity?.['team'] ?? person?.['team'] ?? null,
		company: company?.['id'] ?? null,
		person: person?.['id'] ?? null,
		sender: { name: fullName(owner) || null, email: owner?.['status'] === 'active' ? (owner['email'] ?? null) : null },
		house: houseName,
		linked: subject.lead ? { collection: 'leads', id: subject.lead } : { collection: 'people', id: subject.person ?? '' },
	};
}
