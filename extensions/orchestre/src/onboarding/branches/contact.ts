import type { Knex } from '../../platform/directus.ts';

type Contact = { id: string; email: string };

/** The client's contact for messages about their plan: the deal's main one, else another of the deal, else one of the company. Null without an address. */
export async function contactOf(trx: Knex, company: string, opportunity: string | null): Promise<Contact | null> {
	const people = trx('people as p').whereNotNull('p.email').whereNot('p.email', '').whereNull('p.left_on').where((one) => void one.whereNull('p.archived').orWhere('p.archived', false)); // prettier-ignore
	if (opportunity) {
		const ofDeal = (await people
			.clone()
			.join('opportunity_contacts as c', 'c.person', 'p.id')
			.where('c.opportunity', opportunity)
			.orderBy([{ column: 'c.is_primary', order: 'desc' }, { column: 'p.id' }])
			.first('p.id', 'p.email')) as Contact | undefined;
		if (ofDeal) return ofDeal;
	}
	return ((await people.clone().where('p.company', company).orderBy(['p.date_created', 'p.id']).first('p.id', 'p.email')) as Contact | undefined) ?? null;
}
