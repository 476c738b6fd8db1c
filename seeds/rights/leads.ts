import { exceptOwner, mineMyTeamsOrCreatedByMe, mineOrFree } from './rows.ts';
import { anything, createdByMe, everything, likeStaff, none, ofMyTeam, only, sameAsMine, where } from './words.ts';
import type { Rights } from './words.ts';

/** What a website or a partner's system measures about a lead it sent. */
const measuredInterest = [
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

/** What a reseller says about a lead. */
const resellerSays = [
	'first_name',
	'last_name',
	'job_title',
	'decision_role',
	'email',
	'phone',
	'language',
	'linkedin',
	'company_name',
	'siren',
	'website',
	'industry',
	'size_band',
	'employees',
	'revenue_keur',
	'region',
	'city',
	'country',
	'need',
	'budget_cents',
	'timing',
	'current_solution',
	'external_id',
	'email_consent',
	'phone_consent',
	'consent_at',
	'consent_proof',
];
const leadGroups = ['verdict', 'person_group', 'company_group', 'need_group', 'origin_group'];

export const leadRights: Rights = {
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
