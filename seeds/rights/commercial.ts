import { mineMyTeamsOrCreatedByMe, mineOrFree, mineOrMyTeams, ofMyCompanies, ofMyTeamsCompanies } from './rows.ts';
import { allBut, anything, both, createdByMe, either, everything, is, likeStaff, mine, none, ofMyTeam, only, sameAsMine, where } from './words.ts';
import type { Rights } from './words.ts';

/** An owner and a team are given by the assignment, or by a manager; sales staff do not hand rows around themselves. */
const exceptOwner = allBut('owner', 'team');
const byMe = { owner: '$CURRENT_USER', team: '$CURRENT_USER.team' };

/** What a website or a partner's system measures about a lead it sent. */
const measuredInterest = ['pages_viewed', 'emails_opened', 'emails_clicked', 'content_downloads', 'pricing_viewed_at', 'demo_requested_at', 'trial_started_at', 'webinar_attended_at', 'last_activity_at'];

/** What a reseller says about a lead. */
const resellerSays = [
	'first_name', 'last_name', 'job_title', 'decision_role', 'email', 'phone', 'language', 'linkedin',
	'company_name', 'siren', 'website', 'industry', 'size_band', 'employees', 'revenue_keur', 'region', 'city', 'country',
	'need', 'budget_cents', 'timing', 'current_solution', 'external_id', 'email_consent', 'phone_consent', 'consent_at', 'consent_proof',
]; // prettier-ignore
const leadGroups = ['verdict', 'person_group', 'company_group', 'need_group', 'origin_group'];

/** What a deal is worth and why it is lost does not concern those who deliver it. */
const dealValue = ['amount_cents', 'mrr_cents', 'probability', 'probability_low', 'probability_high', 'probability_reasons', 'forecast_category', 'competitor', 'lost_reason', 'lost_comment', 'health', 'health_reasons'];

const onMyDeals = (rule = mineMyTeamsOrCreatedByMe) => where('opportunity', rule);

export const commercialRights: Rights = {
	leads: {
		direction: { read: everything, create: anything, update: everything },
		manager: { read: mineMyTeamsOrCreatedByMe, create: anything, update: mineMyTeamsOrCreatedByMe },
		commercial: { read: mineMyTeamsOrCreatedByMe, create: anything, sets: exceptOwner, update: mineOrFree, changes: exceptOwner },
		finance: none,
		success: { read: createdByMe, create: anything, sets: exceptOwner },
		operations: none,
		reseller: {
			read: sameAsMine('reseller', 'reseller_company'),
			sees: only('id', 'display_name', 'status', 'lost_reason', 'grade', 'first_contact_at', 'converted_at', 'date_created', ...leadGroups, ...resellerSays),
			create: sameAsMine('reseller', 'reseller_company'),
			sets: only(...leadGroups, ...resellerSays),
			given: { reseller: '$CURRENT_USER.reseller_company', source: 'reseller' },
		},
		api: {
			read: createdByMe,
			create: anything,
			sets: only(...resellerSays, 'product', 'source', 'campaign', 'reseller', ...measuredInterest),
			update: createdByMe,
			changes: only(...measuredInterest),
		},
	},
	opportunities: {
		direction: { read: everything, update: everything },
		manager: { read: mineMyTeamsOrCreatedByMe, create: anything, given: byMe, update: mineMyTeamsOrCreatedByMe },
		commercial: { read: mineMyTeamsOrCreatedByMe, create: anything, sets: exceptOwner, given: byMe, update: mineOrFree, changes: exceptOwner },
		finance: { read: everything },
		success: { read: everything, create: is('kind', 'upsell', 'renewal'), given: { kind: 'upsell' }, update: mine(), changes: exceptOwner },
		operations: { read: everything, sees: allBut(...dealValue) },
		reseller: none,
		api: none,
	},
	opportunity_contacts: {
		direction: { read: everything },
		manager: { read: onMyDeals(), create: anything, update: onMyDeals(), delete: onMyDeals() },
		commercial: { read: onMyDeals(), create: anything, update: onMyDeals(mineOrFree), delete: onMyDeals(mineOrFree) },
		finance: none,
		success: { read: everything, create: anything, update: onMyDeals(mine()), delete: onMyDeals(mine()) },
		operations: none,
		reseller: none,
		api: none,
	},
	stage_changes: {
		direction: { read: everything },
		manager: { read: onMyDeals() },
		commercial: { read: onMyDeals() },
		finance: { read: everything },
		success: { read: everything },
		operations: none,
		reseller: none,
		api: none,
	},
	interactions: {
		staff: { read: mineMyTeamsOrCreatedByMe, create: anything, sets: exceptOwner, given: byMe, update: either(mine(), createdByMe), changes: exceptOwner, delete: both(mine(), createdByMe) },
		direction: { read: everything },
		manager: { sets: allBut(), update: mineMyTeamsOrCreatedByMe, changes: allBut() },
		commercial: likeStaff,
		finance: likeStaff,
		success: { read: everything },
		operations: likeStaff,
		reseller: none,
		api: none,
	},
	campaigns: {
		staff: { read: everything },
		direction: { create: anything, update: everything },
		manager: { create: anything, update: everything },
		commercial: likeStaff,
		finance: likeStaff,
		success: likeStaff,
		operations: none,
		reseller: none,
		api: none,
	},
	contracts: {
		direction: { read: everything, create: anything, update: everything },
		manager: { read: either(mineMyTeamsOrCreatedByMe, ofMyTeamsCompanies), create: anything, update: either(mineMyTeamsOrCreatedByMe, ofMyTeamsCompanies) },
		commercial: { read: either(mineMyTeamsOrCreatedByMe, ofMyCompanies), create: is('status', 'draft', 'sent'), sets: exceptOwner, given: { ...byMe, status: 'draft' }, update: both(mine(), is('status', 'draft', 'sent')), changes: exceptOwner },
		finance: { read: everything, update: everything, changes: exceptOwner },
		success: { read: everything },
		operations: { read: everything },
		reseller: none,
		api: none,
	},
	commissions: {
		direction: { read: everything },
		manager: { read: either(mine(), ofMyTeam) },
		commercial: { read: mine() },
		finance: { read: everything, create: anything, update: everything },
		success: none,
		operations: none,
		reseller: {
			read: sameAsMine('reseller', 'reseller_company'),
			sees: only('id', 'label', 'status', 'amount_group', 'base_cents', 'rate', 'amount_cents', 'earned_on', 'paid_on'),
		},
		api: none,
	},
	scoring_rules: {
		staff: { read: everything },
		direction: { create: anything, update: everything, delete: everything },
		manager: { create: anything, update: everything },
		commercial: likeStaff,
		finance: none,
		success: none,
		operations: none,
		reseller: none,
		api: none,
	},
	lead_scores: {
		direction: { read: everything },
		manager: { read: where('lead', mineMyTeamsOrCreatedByMe) },
		commercial: { read: where('lead', mineMyTeamsOrCreatedByMe) },
		finance: none,
		success: none,
		operations: none,
		reseller: none,
		api: { read: where('lead', createdByMe) },
	},
	lead_status_changes: {
		direction: { read: everything },
		manager: { read: where('lead', mineMyTeamsOrCreatedByMe) },
		commercial: { read: where('lead', mineMyTeamsOrCreatedByMe) },
		finance: none,
		success: none,
		operations: none,
		reseller: none,
		api: none,
	},
	workloads: {
		direction: { read: everything },
		manager: { read: where('user', ofMyTeam) },
		commercial: none,
		finance: none,
		success: none,
		operations: none,
		reseller: none,
		api: none,
	},
};
