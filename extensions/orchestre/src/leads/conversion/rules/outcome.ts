import { collapse, shorten } from '../../../platform/text.ts';
import { isoOf, toParis } from '../../../platform/time/paris.ts';
import { companyNameOf } from './match.ts';
import type { LeadFacts, Values } from './types.ts';

/** Pure rules: what company, person and opportunity come out of a lead. Values are those of the columns. */

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === '';
const known = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));

/** French mobiles begin with 06 or 07. */
const isMobile = (phone: string | null): boolean => /^\+33[67]/.test(phone ?? '');

/** What the lead says of its company. `withContact`: there is no person to keep e-mail and phone, so the company does. */
export function companyValues(lead: LeadFacts, withContact: boolean): Values {
	const { siren, website, industry, size_band, employees, revenue_keur, region, city, country, language } = lead;
	return known({
		name: companyNameOf(lead),
		siren,
		website,
		industry,
		size_band,
		employees,
		revenue_keur,
		region,
		city,
		country,
		language,
		...(withContact && { email: lead.email, phone: lead.phone }),
	});
}

/** What the lead says of its person. A single name is a last name; a consent that nobody asked for is none. */
export function personValues(lead: LeadFacts): Values {
	const { email, job_title, decision_role, language, linkedin, consent_at } = lead;
	const proof = lead.consent_proof;
	const asked = (consent: string | null): consent is string => consent !== null && consent !== 'unknown';
	return known({
		first_name: lead.last_name ? lead.first_name : null,
		last_name: lead.last_name ?? lead.first_name,
		email,
		job_title,
		decision_role,
		language,
		linkedin,
		[isMobile(lead.phone) ? 'mobile' : 'phone']: lead.phone,
		...(asked(lead.email_consent) && { email_consent: lead.email_consent, email_consent_at: consent_at, email_consent_proof: proof }),
		...(asked(lead.phone_consent) && { phone_consent: lead.phone_consent, phone_consent_at: consent_at, phone_consent_proof: proof }),
	});
}

/** A new row that came from this lead belongs to whom the deal belongs to. */
export const ownedBy = ({ owner, team }: { owner: string | null; team: string | null }): Values => known({ owner, team });

/** Date and proof of a consent belong to it: they are never put beside another answer. */
const consents = ['email_consent', 'phone_consent'];

/** Of these values those that an existing row lacks. A value that is there is never overwritten; `unknown` is none. */
export function missingValues(row: Values, values: Values): Values {
	const lacks = (field: string): boolean => isBlank(row[field]) || (consents.includes(field) && row[field] === 'unknown');
	const consentOf = (field: string): string | undefined => consents.find((name) => field.startsWith(`${name}_`));
	const isElsewhere = (field: string, value: unknown): boolean =>
		(field === 'phone' || field === 'mobile') && (row['phone'] === value || row['mobile'] === value);
	return Object.fromEntries(Object.entries(values).filter(([field, value]) => lacks(field) && lacks(consentOf(field) ?? field) && !isElsewhere(field, value)));
}

/** In how many days a deal of this timing should be signed. */
const daysOf: Readonly<Record<string, number>> = { now: 30, quarter: 90, half_year: 180, year: 365, later: 540 };

/** What the opportunity's name and context are made of beside the lead. */
export type Circumstances = {
	companyName: string;
	isClient: boolean;
	productName: string | null;
	stage: string;
	owner: string | null;
	team: string | null;
	now: Date;
};

const describe = ({ need, current_solution }: LeadFacts, productName: string | null): string | null =>
	[need, productName && `Produit demandé : ${productName}`, current_solution && `Solution actuelle : ${current_solution}`].filter(Boolean).join('\n\n') || null;

/** The opportunity: `Atelier Roux – Pack Pro`, the stated budget, the first stage, a date that follows from the stated timing. */
export function opportunityValues(lead: LeadFacts, { companyName, isClient, productName, stage, owner, team, now }: Circumstances): Values {
	const about = productName ?? (lead.need ? collapse(lead.need).replace(/[.;,!\s]+$/, '') : null);
	const days = daysOf[lead.timing ?? ''];
	return known({
		name: shorten([companyName, about && shorten(about, 80)].filter(Boolean).join(' – '), 255),
		stage,
		kind: isClient ? 'upsell' : 'new',
		amount_cents: lead.budget_cents,
		close_date: days === undefined ? null : isoOf(toParis(now).day + days),
		description: describe(lead, productName),
		lead: lead.id,
		source: lead.source,
		campaign: lead.campaign,
		reseller: lead.reseller,
		...ownedBy({ owner, team }),
	});
}
