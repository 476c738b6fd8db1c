import type { Calendar } from './calendar.ts';
import { businessDay, officeMoment, plusDays } from './calendar.ts';
import { demoId } from './ids.ts';
import { fixedPhone } from './identity.ts';
import { organisationOf } from './organisations.ts';
import type { Organisation, Taken } from './organisations.ts';
import { personOf } from './persons.ts';
import type { Person } from './persons.ts';
import { clamp, randomOf } from './random.ts';
import type { Random } from './random.ts';
import { member, salespeople } from './team.ts';
import type { Member } from './team.ts';

/** Somebody at an account, known since `since`. */
export type Contact = { id: string; person: Person; company: Company; since: Date };

/** An account with what the demo's story needs to know of it; its row is written at the end of the story. */
export type Company = {
	id: string;
	key: string;
	org: Organisation;
	kind: 'account' | 'supplier' | 'partner' | 'reseller';
	created: Date;
	creator: Member;
	owner: Member | null;
	source: string;
	phone: string;
	contacts: Contact[];
	/** Set by the first deal won; earlier than the demo's history for the first clients. */
	clientSince: Date | null;
	/** Days after the due date on which this company pays as a rule (planted; it lasts). */
	payingHabit: number;
	terms: number;
	/** How often its subscriptions are billed. */
	billing: 'quarter' | 'year';
	/** Set by the story of its subscriptions. */
	churnedOn: Date | null;
	atRisk: boolean;
	/** True while its onboarding project runs. */
	onboarding: boolean;
	support: 'standard' | 'priority' | 'premium';
};

/** Who sells to a firm of this region when nobody has been chosen yet. */
export const regionalSeller = (random: Random, region: string, date: Date, calendar: Calendar): Member => {
	const there = salespeople.filter(({ hired }) => calendar.at(-hired) <= date);
	const local = there.filter(({ regions }) => regions.includes(region));
	return random.pick(local.length > 0 ? local : there);
};

export function addContact(company: Company, person: Person, since: Date): Contact {
	const contact = { id: demoId('people', person.email), person, company, since };
	company.contacts.push(contact);
	return contact;
}

type Opening = {
	key: string;
	org: Organisation;
	kind?: Company['kind'];
	created: Date;
	creator: Member;
	owner: Member | null;
	source: string;
	clientSince?: Date | null;
};

/** Opens an account; contacts are added by whoever meets them. */
export function openCompany(
	random: Random,
	taken: Taken,
	{ key, org, kind = 'account', created, creator, owner, source, clientSince = null }: Opening,
): Company {
	return {
		id: demoId('companies', key),
		key,
		org,
		kind,
		created,
		creator,
		owner,
		source,
		clientSince,
		phone: fixedPhone(random, org.place, taken.phones),
		contacts: [],
		payingHabit: Math.round(clamp(random.normal(org.industry === 'public' ? 14 : org.industry === 'construction' ? 9 : 3, 8), -6, 40)),
		terms: Number(random.weighted({ 30: 7, 45: 2, 60: 1 })),
		billing: random.weighted({ quarter: 5, year: 5 }),
		churnedOn: null,
		atRisk: false,
		onboarding: false,
		support: org.size === '250-999' || org.size === '1000+' ? 'premium' : org.size === '50-249' && random.chance(0.5) ? 'priority' : 'standard',
	};
}

/** The accounts that were there before the first lead: early clients, firms prospected by hand, suppliers, partners, resellers. */
export function firstCompanies(calendar: Calendar, taken: Taken): Company[] {
	const random = randomOf('companies');
	const founder = member('direction');
	const companies: Company[] = [];
	const add = (key: string, opening: Omit<Opening, 'key'>, people: number): void => {
		const company = openCompany(random, taken, { key, ...opening });
		for (let index = 0; index < people; index++)
			addContact(company, personOf(random, taken, opening.org.domain, index === 0), plusDays(company.created, index * random.int(0, 40)));
		companies.push(company);
	};
	for (let index = 0; index < 75; index++) {
		const org = organisationOf(random, taken, { sizes: { '1-9': 0.4, '50-249': 1.5 } });
		const since = calendar.at(-random.int(760, 1900));
		add(
			`client-${index}`,
			{
				org,
				created: plusDays(since, -random.int(20, 120)),
				creator: founder,
				owner: regionalSeller(random, org.place.region, calendar.start, calendar),
				source: random.pick(['referral', 'event', 'outbound', 'partner']),
				clientSince: since,
			},
			random.int(2, 4),
		);
	}
	for (let index = 0; index < 18; index++) {
		const org = organisationOf(random, taken, { sizes: { '1-9': 0.5 } });
		const created = officeMoment(random, businessDay(random, calendar.start, calendar.at(-60)));
		const owner = regionalSeller(random, org.place.region, created, calendar);
		add(`prospect-${index}`, { org, created, creator: owner, owner, source: 'outbound' }, random.int(1, 3));
	}
	const others: [Company['kind'], number, string[]][] = [
		['supplier', 18, ['services', 'tech', 'retail', 'logistics']],
		['partner', 9, ['tech', 'services']],
		['reseller', 6, ['tech', 'retail']],
	];
	for (const [kind, number, industries] of others) {
		for (let index = 0; index < number; index++) {
			const org = organisationOf(random, taken, { industry: random.pick(industries), sizes: { '250-999': 0.3, '1000+': 0 } });
			const owner = kind === 'supplier' ? member('finance') : member('manager-south');
			add(
				`${kind}-${index}`,
				{ org, kind, created: calendar.at(-random.int(735, 1500)), creator: founder, owner, source: 'other' },
				kind === 'supplier' ? 1 : 2,
			);
		}
	}
	return companies;
}

/** The reseller whom the demo's reseller signs in for. */
export const resellerCompanyId = demoId('companies', 'reseller-0');
