import { companyKey, nameKey } from '../../extensions/orchestre/src/platform/input/name-keys.ts';
import type { Calendar } from './calendar.ts';
import { businessDay, isoDate, officeMoment, plusDays } from './calendar.ts';
import { demoId } from './ids.ts';
import { fixedPhone, siretOf, vatNumberOf } from './identity.ts';
import { organisationOf } from './organisations.ts';
import type { Organisation, Taken } from './organisations.ts';
import { personOf } from './persons.ts';
import type { Person } from './persons.ts';
import { clamp, randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, members, salespeople, teamOf } from './team.ts';
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

type Opening = { key: string; org: Organisation; kind?: Company['kind']; created: Date; creator: Member; owner: Member | null; source: string; clientSince?: Date | null };

/** Opens an account; contacts are added by whoever meets them. */
export function openCompany(random: Random, taken: Taken, { key, org, kind = 'account', created, creator, owner, source, clientSince = null }: Opening): Company {
	return {
		id: demoId('companies', key), key, org, kind, created, creator, owner, source, clientSince,
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
		for (let index = 0; index < people; index++) addContact(company, personOf(random, taken, opening.org.domain, index === 0), plusDays(company.created, index * random.int(0, 40)));
		companies.push(company);
	};
	for (let index = 0; index < 75; index++) {
		const org = organisationOf(random, taken, { sizes: { '1-9': 0.4, '50-249': 1.5 } });
		const since = calendar.at(-random.int(760, 1900));
		add(`client-${index}`, { org, created: plusDays(since, -random.int(20, 120)), creator: founder, owner: regionalSeller(random, org.place.region, calendar.start, calendar), source: random.pick(['referral', 'event', 'outbound', 'partner']), clientSince: since }, random.int(2, 4));
	}
	for (let index = 0; index < 18; index++) {
		const org = organisationOf(random, taken, { sizes: { '1-9': 0.5 } });
		const created = officeMoment(random, businessDay(random, calendar.start, calendar.at(-60)));
		const owner = regionalSeller(random, org.place.region, created, calendar);
		add(`prospect-${index}`, { org, created, creator: owner, owner, source: 'outbound' }, random.int(1, 3));
	}
	const others: [Company['kind'], number, string[]][] = [['supplier', 18, ['services', 'tech', 'retail', 'logistics']], ['partner', 9, ['tech', 'services']], ['reseller', 6, ['tech', 'retail']]];
	for (const [kind, number, industries] of others) {
		for (let index = 0; index < number; index++) {
			const org = organisationOf(random, taken, { industry: random.pick(industries), sizes: { '250-999': 0.3, '1000+': 0 } });
			const owner = kind === 'supplier' ? member('finance') : member('manager-south');
			add(`${kind}-${index}`, { org, kind, created: calendar.at(-random.int(735, 1500)), creator: founder, owner, source: 'other' }, kind === 'supplier' ? 1 : 2);
		}
	}
	return companies;
}

/** The reseller whom the demo's reseller signs in for. */
export const resellerCompanyId = demoId('companies', 'reseller-0');

const lifecycleOf = (company: Company): string => {
	if (company.kind !== 'account') return 'none';
	if (!company.clientSince) return 'prospect';
	if (company.churnedOn) return 'churned';
	if (company.onboarding) return 'onboarding';
	return company.atRisk ? 'at_risk' : 'active';
};

export function companyRow(company: Company, calendar: Calendar): Row {
	const { org, owner } = company;
	const created = company.created < calendar.end ? company.created : calendar.end;
	return {
		id: company.id,
		name: org.name,
		lifecycle: lifecycleOf(company),
		owner: owner?.id ?? null,
		team: owner ? teamOf(owner) : null,
		is_prospect: company.kind === 'account' && !company.clientSince,
		is_client: company.clientSince !== null && !company.churnedOn,
		is_supplier: company.kind === 'supplier',
		is_partner: company.kind === 'partner',
		is_reseller: company.kind === 'reseller',
		website: `https://www.${org.domain}`,
		email: `contact@${org.domain}`,
		phone: company.phone,
		street: org.street,
		postal_code: org.place.postcode,
		city: org.place.city,
		region: org.place.region,
		country: 'FR',
		language: 'fr',
		legal_name: `${org.name}${org.legalForm === 'public' || org.legalForm === 'association' ? '' : ` ${org.legalForm === 'cooperative' ? 'SCOP' : org.legalForm.toUpperCase()}`}`,
		legal_form: org.legalForm,
		siren: org.siren,
		siret: siretOf(org.siren, 1),
		vat_number: org.legalForm === 'association' ? null : vatNumberOf(org.siren),
		naf_code: org.naf,
		industry: org.industry,
		size_band: org.size,
		employees: org.employees,
		revenue_keur: org.revenueKeur,
		source: company.source,
		description: `${org.activity}, ${org.place.city}.`,
		client_since: company.clientSince ? isoDate(company.clientSince) : null,
		churned_on: company.churnedOn ? isoDate(company.churnedOn) : null,
		support_level: company.clientSince ? company.support : 'standard',
		payment_terms_days: company.terms,
		api_access: company.clientSince !== null && org.industry === 'tech',
		name_key: companyKey(org.name),
		domain: org.domain,
		...traces(created, company.creator.id),
	};
}

export function contactRow(contact: Contact, random: Random, calendar: Calendar): Row {
	const { person, company } = contact;
	const since = contact.since < calendar.end ? contact.since : calendar.end;
	const consent = random.weighted({ unknown: 4, given: 5, refused: 1 });
	const left = random.chance(0.05) && since < calendar.at(-300) ? isoDate(plusDays(calendar.today, -random.int(20, 250))) : null;
	return {
		id: contact.id,
		civility: person.civility,
		language: 'fr',
		first_name: person.first,
		last_name: person.last,
		email: person.email,
		phone: company.phone,
		mobile: person.mobile,
		owner: company.owner?.id ?? null,
		team: company.owner ? teamOf(company.owner) : null,
		is_contact: true,
		is_employee: false,
		is_freelance: false,
		company: company.id,
		job_title: person.job,
		decision_role: person.role,
		left_on: left,
		email_consent: consent,
		email_consent_at: consent === 'unknown' ? null : since.toISOString(),
		email_consent_proof: consent === 'unknown' ? null : consent === 'given' ? 'Accord donné par e-mail.' : 'Désinscription depuis un e-mail.',
		phone_consent: 'unknown',
		name_key: nameKey(person.first, person.last),
		...traces(since, (company.owner ?? company.creator).id),
	};
}

/** The demo company's own people, and the freelancers who work with it. */
export function ownPeopleRows(calendar: Calendar, taken: Taken): Row[] {
	const random = randomOf('own people');
	const employees = members.filter(({ team }) => team).map((person): Row => ({
		id: demoId('people', person.email), civility: ['Marc', 'Yann', 'Théo', 'Karim'].includes(person.first) ? 'm' : 'mme', language: 'fr', first_name: person.first, last_name: person.last, email: person.email,
		is_contact: false, is_employee: true, is_freelance: false, user: person.id, job_title: person.title, team: teamOf(person), owner: member('operations').id, skills: [], email_consent: 'unknown', phone_consent: 'unknown',
		...traces(calendar.start, member('direction').id),
	}));
	const skills = ['Intégration', 'Reprise de données', 'Formation', 'Réseau et capteurs', 'Développement'];
	const freelancers = Array.from({ length: 8 }, (): Row => {
		const person = personOf(random, taken, 'independants.example');
		return {
			id: demoId('people', person.email), civility: person.civility, language: 'fr', first_name: person.first, last_name: person.last, email: person.email, mobile: person.mobile,
			is_contact: false, is_employee: false, is_freelance: true, job_title: 'Consultant indépendant', skills: random.shuffled(skills).slice(0, random.int(1, 3)), day_rate_cents: random.int(38, 62) * 1000,
			available_from: isoDate(calendar.at(random.int(-30, 60))), owner: member('operations').id, team: teamOf(member('operations')), email_consent: 'unknown', phone_consent: 'unknown',
			...traces(calendar.at(-random.int(200, 700)), member('operations').id),
		};
	});
	return [...employees, ...freelancers];
}
