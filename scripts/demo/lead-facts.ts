import type { Lead } from '../../extensions/orchestre/src/leads/rules/types.ts';
import type { Calendar } from './calendar.ts';
import { anyMoment, plusDays } from './calendar.ts';
import { campaignFor, campaignId, campaigns } from './campaigns.ts';
import type { Company } from './companies.ts';
import { demoId } from './ids.ts';
import { organisationOf } from './organisations.ts';
import type { Organisation, Taken } from './organisations.ts';
import { personOf } from './persons.ts';
import type { Person } from './persons.ts';
import { clamp } from './random.ts';
import type { Random } from './random.ts';
import { product } from './products.ts';
import { member } from './team.ts';
import type { Member } from './team.ts';
import { consentProofs, currentSolutions, needs } from './words/needs.ts';

/** Something that the lead does later on: it changes the row at its date. */
export type Engagement = { at: Date; change: Partial<Lead> };

/** A lead as it comes in, with what only the demo knows of it. */
export type LeadDraft = {
	lead: Lead;
	org: Organisation;
	person: Person;
	/** The account that the firm has already. */
	account: Company | null;
	creator: Member;
	/** Somebody entered it for themselves. */
	requestedOwner: Member | null;
	wanted: string;
	consent: { at: Date; proof: string } | null;
	/** Evidence for a conversion (logits) from what the row shows; response time and owner come on top. */
	evidence: number;
	/** Hidden interest, behind clicks and replies. */
	interest: number;
	later: Engagement[];
};

const sources = {
	website: 24,
	ads: 17,
	outbound: 13,
	referral: 9,
	event: 8,
	webinar: 9,
	inbound_call: 6,
	social: 7,
	partner: 5,
	reseller: 7,
	list: 6,
	other: 2,
} as const;
type Source = keyof typeof sources;

/** The planted odds, in logits. scripts/demo/README.md explains them. */
export const planted = {
	base: -3.25,
	source: {
		website: 0.15,
		ads: -0.5,
		outbound: -0.6,
		referral: 1.15,
		event: 0.1,
		webinar: 0.05,
		inbound_call: 0.6,
		social: -0.4,
		partner: 0.7,
		reseller: 0.6,
		list: -1.3,
		other: -0.2,
	} satisfies Record<Source, number>,
	size: { '1-9': -0.7, '10-49': 0.1, '50-249': 0.6, '250-999': 0.3, '1000+': -0.3 },
	role: { decision_maker: 0.5, champion: 0.45, influencer: 0, user: -0.8 },
	timing: { now: 0.75, quarter: 0.45, half_year: 0, year: -0.5, later: -1, unknown: -0.15 },
	industry: { manufacturing: 0.35, logistics: 0.3, construction: 0.1, public: -0.5, hospitality: -0.3, education: -0.3 } as Record<string, number>,
	demo: 0.9,
	trial: 0.5,
	pricing: 0.35,
	budget: 0.3,
	account: 0.5,
	interest: 0.35,
	/** Per e-fold of working hours until the first contact, against four hours. */
	response: -0.24,
	/** Deviation of what nothing shows. */
	noise: 0.45,
} as const;

const timings = { now: 2, quarter: 4, half_year: 3.5, year: 2, later: 1, unknown: 4 } as const;

function creatorOf(random: Random, source: Source, sellers: readonly Member[]): Member {
	if (source === 'reseller') return member('reseller');
	if (source === 'outbound' || source === 'inbound_call' || source === 'referral') return random.pick(sellers);
	if (source === 'event' || source === 'list' || source === 'partner') return member(random.pick(['manager-north', 'manager-south']));
	return member('api');
}

const uuidOrNull = (company: Company | null, random: Random): string | null => (company && random.chance(0.6) ? company.id : null);

/** The world on the day that a lead comes in: firms known by then, who is there to enter one by hand, and whose second lead it is. */
export type LeadSetting = {
	index: number;
	created: Date;
	accounts: readonly Company[];
	resellers: readonly Company[];
	sellers: readonly Member[];
	again: LeadDraft | null;
};

export function draftLead(random: Random, taken: Taken, calendar: Calendar, { index, created, accounts, resellers, sellers, again }: LeadSetting): LeadDraft {
	const source = sourceOn(random, created, calendar);
	const account = again ? again.account : accounts.length > 0 && random.chance(0.12) ? random.pick(accounts) : null;
	const org = again?.org ?? account?.org ?? organisationOf(random, taken);
	const person = again?.person ?? personOf(random, taken, org.domain);
	const campaign = campaignFor(random, source, created, calendar);
	const interest = random.normal();
	const timing = random.weighted(timings);
	const wanted = random.weighted({
		pilotage: 6,
		planning: 3,
		maintenance: org.industry === 'manufacturing' ? 4 : 1.5,
		stock: 1.5,
		quality: 1,
		portal: 1,
		api: org.industry === 'tech' ? 2 : 0.3,
	});
	const known = (share: number): boolean => random.chance(share);
	const digital = source === 'website' || source === 'ads' || source === 'webinar' || source === 'social';
	const demoAsked = random.chance(clamp(0.13 + 0.1 * interest + (source === 'website' ? 0.08 : 0), 0.02, 0.5));
	const pricing = digital && random.chance(clamp(0.22 + 0.12 * interest, 0.02, 0.6));
	const budget = known(0.32) ? Math.round(clamp(org.employees * random.normal(260, 70), 1500, 120_000) / 500) * 50_000 : null;
	const consent = random.weighted({ given: digital || source === 'event' ? 6 : 3, unknown: 3, refused: 0.4 });
	const lead: Lead = {
		id: demoId('leads', index),
		status: 'new',
		first_name: person.first,
		last_name: person.last,
		email: known(0.94) ? person.email : null,
		phone: known(0.78) ? person.mobile : null,
		job_title: known(0.85) ? person.job : null,
		decision_role: known(0.7) ? person.role : null,
		language: 'fr',
		linkedin: null,
		person: null,
		company_name: org.name,
		siren: known(0.45) ? org.siren : null,
		company: uuidOrNull(account, random),
		website: known(0.6) ? `https://www.${org.domain}` : null,
		industry: known(0.9) ? org.industry : null,
		size_band: known(0.88) ? org.size : null,
		employees: known(0.5) ? org.employees : null,
		revenue_keur: known(0.3) ? org.revenueKeur : null,
		region: org.place.region,
		city: org.place.city,
		country: 'FR',
		need: known(0.8) ? random.pick(needs[wanted] ?? needs.pilotage ?? []).replace('{employees}', String(org.employees)) : null,
		product: known(0.75) ? product(wanted).id : null,
		budget_cents: budget,
		timing: timing === 'unknown' ? null : timing,
		current_solution: known(0.4) ? random.pick(currentSolutions) : null,
		source,
		campaign: campaign ? campaignId(campaign.key) : null,
		reseller: source === 'reseller' ? (resellers[random.chance(0.7) ? 0 : random.int(0, resellers.length - 1)]?.id ?? null) : null,
		email_consent: consent,
		phone_consent: consent === 'given' && known(0.5) ? 'given' : 'unknown',
		pages_viewed: digital ? random.count(Math.exp(1.2 + 0.45 * interest)) : 0,
		emails_opened: 0,
		emails_clicked: 0,
		content_downloads: digital ? random.count(Math.exp(-1 + 0.4 * interest)) : 0,
		pricing_viewed_at: pricing ? created : null,
		demo_requested_at: demoAsked ? created : null,
		trial_started_at: null,
		webinar_attended_at: source === 'webinar' && known(0.7) ? plusDays(created, -random.int(0, 2)) : null,
		last_activity_at: digital ? created : null,
		date_created: created,
	};
	const trial = digital && random.chance(clamp(0.08 + 0.06 * interest, 0.01, 0.3));
	const evidence =
		planted.base +
		planted.source[source] +
		planted.size[org.size] +
		planted.role[person.role] +
		planted.timing[timing] +
		(planted.industry[org.industry] ?? 0) +
		(campaign?.lift ?? 0) +
		(demoAsked ? planted.demo : 0) +
		(trial ? planted.trial : 0) +
		(pricing ? planted.pricing : 0) +
		(budget ? planted.budget : 0) +
		(account ? planted.account : 0) +
		planted.interest * interest;
	const creator = creatorOf(random, source, sellers);
	return {
		lead,
		org,
		person,
		account,
		creator,
		wanted,
		evidence,
		interest,
		requestedOwner: source === 'outbound' && creator.role === 'commercial' && random.chance(0.5) ? creator : null,
		consent: consent === 'given' ? { at: created, proof: consentProofs[source] ?? 'Accord donné par e-mail.' } : null,
		later: laterEngagements(random, lead, interest, trial),
	};
}

/** Sources with a campaign running bring several times their usual share. */
function sourceOn(random: Random, date: Date, calendar: Calendar): Source {
	const weights: Record<Source, number> = { ...sources };
	for (const { source, from, to } of campaigns)
		if (source in weights && date >= calendar.at(from) && date <= calendar.at(to))
			weights[source as Source] *= source === 'event' || source === 'webinar' || source === 'list' ? 3 : 1.25;
	return random.weighted(weights);
}

/** Opened and clicked e-mails, a trial: within three weeks of the lead, in order of date. */
function laterEngagements(random: Random, lead: Lead, interest: number, trial: boolean): Engagement[] {
	const events: Engagement[] = [];
	let opened = 0;
	let clicked = 0;
	const on = (days: number): Date => anyMoment(random, plusDays(lead.date_created, days));
	if (lead.email && lead.email_consent !== 'refused') {
		const rounds = Math.min(3, random.count(Math.exp(-0.2 + 0.4 * interest)));
		for (let round = 1; round <= rounds; round++) {
			opened += random.int(1, 2);
			if (random.chance(clamp(0.35 + 0.15 * interest, 0.05, 0.8))) clicked++;
			const at = on(round * random.int(3, 7));
			events.push({ at, change: { emails_opened: opened, emails_clicked: clicked, last_activity_at: at } });
		}
	}
	if (trial) {
		const at = on(random.int(1, 9));
		events.push({ at, change: { trial_started_at: at, last_activity_at: at } });
	}
	return events.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
