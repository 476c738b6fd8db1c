import { companyKey, nameKey } from '../../extensions/orchestre/src/platform/input/name-keys.ts';
import type { Calendar } from './calendar.ts';
import { isoDate, plusDays } from './calendar.ts';
import { mark } from './copies.ts';
import type { Company, Contact } from './companies.ts';
import { demoId } from './ids.ts';
import { siretOf, vatNumberOf } from './identity.ts';
import type { Taken } from './organisations.ts';
import { personOf } from './persons.ts';
import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, members, teamOf } from './team.ts';

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
	const employees = members
		.filter(({ team }) => team)
		.map((person): Row => ({
			id: demoId('people', person.email),
			civility: ['Marc', 'Yann', 'Théo', 'Karim'].includes(person.first) ? 'm' : 'mme',
			language: 'fr',
			first_name: person.first,
			last_name: person.last,
			email: person.email,
			is_contact: false,
			is_employee: true,
			is_freelance: false,
			user: person.id,
			job_title: person.title,
			team: teamOf(person),
			owner: member('operations').id,
			skills: [],
			email_consent: 'unknown',
			phone_consent: 'unknown',
			...traces(calendar.start, member('direction').id),
		}));
	const skills = ['Intégration', 'Reprise de données', 'Formation', 'Réseau et capteurs', 'Développement'];
	const freelancers = Array.from({ length: 8 }, (): Row => {
		const person = personOf(random, taken, `independants${mark('-')}.example`);
		return {
			id: demoId('people', person.email),
			civility: person.civility,
			language: 'fr',
			first_name: person.first,
			last_name: person.last,
			email: person.email,
			mobile: person.mobile,
			is_contact: false,
			is_employee: false,
			is_freelance: true,
			job_title: 'Consultant indépendant',
			skills: random.shuffled(skills).slice(0, random.int(1, 3)),
			day_rate_cents: random.int(38, 62) * 1000,
			available_from: isoDate(calendar.at(random.int(-30, 60))),
			owner: member('operations').id,
			team: teamOf(member('operations')),
			email_consent: 'unknown',
			phone_consent: 'unknown',
			...traces(calendar.at(-random.int(200, 700)), member('operations').id),
		};
	});
	return [...employees, ...freelancers];
}
