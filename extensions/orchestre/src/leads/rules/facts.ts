import { emailKind } from './email.ts';
import { phoneKind } from '../../platform/input/phone.ts';
import type { Lead, Surroundings } from './types.ts';

/** What a criterion may look at: every choice of `scoring_rules.field`, with the kind of its values. */
export const factKinds = {
	job_title: 'text',
	decision_role: 'choice',
	language: 'choice',
	industry: 'choice',
	size_band: 'choice',
	employees: 'number',
	revenue_keur: 'number',
	region: 'choice',
	country: 'choice',
	need: 'text',
	product: 'reference',
	budget: 'number',
	timing: 'choice',
	current_solution: 'text',
	source: 'choice',
	campaign: 'reference',
	reseller: 'reference',
	email: 'text',
	phone: 'text',
	linkedin: 'text',
	website: 'text',
	siren: 'text',
	company_name: 'text',
	email_consent: 'choice',
	phone_consent: 'choice',
	email_kind: 'choice',
	phone_kind: 'choice',
	account_kind: 'choice',
	completeness: 'number',
	pages_viewed: 'number',
	emails_opened: 'number',
	emails_clicked: 'number',
	content_downloads: 'number',
	pricing_viewed_at: 'date',
	demo_requested_at: 'date',
	trial_started_at: 'date',
	webinar_attended_at: 'date',
	last_activity_at: 'date',
	interactions_inbound: 'number',
	interactions_meetings: 'number',
	last_inbound_at: 'date',
	last_meeting_at: 'date',
} as const;

export type FactName = keyof typeof factKinds;
export type Fact = string | number | Date | null;

/** Values that criteria look at, plus `date_created`, the date of what has no other. Budget in euros, completeness 0–100. */
export type LeadFacts = Record<FactName, Fact> & { date_created: Date };

/** What a salesperson needs to know before calling; each counts the same for completeness. */
const described = [
	'first_name',
	'last_name',
	'email',
	'phone',
	'job_title',
	'decision_role',
	'company_name',
	'siren',
	'industry',
	'size_band',
	'region',
	'need',
	'budget_cents',
	'timing',
	'source',
	'website',
] as const satisfies readonly (keyof Lead)[];

/** Share of the lead's essential fields that are filled in, 0 to 100. A known account stands for the company's name and SIREN. */
export function completeness(lead: Lead): number {
	let filled = 0;
	for (const field of described) {
		const value = lead[field];
		if ((value !== null && value !== '') || (lead.company !== null && (field === 'company_name' || field === 'siren'))) filled++;
	}
	return Math.round((filled / described.length) * 100);
}

/** Everything that a criterion may look at, from a lead's row and what is known beside it. */
export function leadFacts(lead: Lead, surroundings: Surroundings): LeadFacts {
	const { interactions } = surroundings;
	return {
		job_title: lead.job_title,
		decision_role: lead.decision_role,
		language: lead.language,
		industry: lead.industry,
		size_band: lead.size_band,
		employees: lead.employees,
		revenue_keur: lead.revenue_keur,
		region: lead.region,
		country: lead.country,
		need: lead.need,
		product: lead.product,
		budget: lead.budget_cents === null ? null : lead.budget_cents / 100,
		timing: lead.timing,
		current_solution: lead.current_solution,
		source: lead.source,
		campaign: lead.campaign,
		reseller: lead.reseller,
		email: lead.email,
		phone: lead.phone,
		linkedin: lead.linkedin,
		website: lead.website,
		siren: lead.siren,
		company_name: lead.company_name,
		email_consent: lead.email_consent,
		phone_consent: lead.phone_consent,
		email_kind: emailKind(lead.email),
		phone_kind: phoneKind(lead.phone),
		account_kind: surroundings.account,
		completeness: completeness(lead),
		pages_viewed: lead.pages_viewed,
		emails_opened: lead.emails_opened,
		emails_clicked: lead.emails_clicked,
		content_downloads: lead.content_downloads,
		pricing_viewed_at: lead.pricing_viewed_at,
		demo_requested_at: lead.demo_requested_at,
		trial_started_at: lead.trial_started_at,
		webinar_attended_at: lead.webinar_attended_at,
		last_activity_at: lead.last_activity_at,
		interactions_inbound: interactions.inbound,
		interactions_meetings: interactions.meetings,
		last_inbound_at: interactions.lastInboundAt,
		last_meeting_at: interactions.lastMeetingAt,
		date_created: lead.date_created,
	};
}

/** Facts that come from the lead's own columns: a change to one of these, or to what they are computed from, asks for a new score. */
export const scoredFields: readonly (keyof Lead)[] = [
	...described,
	'language',
	'employees',
	'revenue_keur',
	'country',
	'product',
	'current_solution',
	'campaign',
	'reseller',
	'linkedin',
	'company',
	'email_consent',
	'phone_consent',
	'pages_viewed',
	'emails_opened',
	'emails_clicked',
	'content_downloads',
	'pricing_viewed_at',
	'demo_requested_at',
	'trial_started_at',
	'webinar_attended_at',
	'last_activity_at',
];
