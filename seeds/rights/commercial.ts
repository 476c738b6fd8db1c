import { byMe, exceptOwner, mineMyTeamsOrCreatedByMe, mineOrFree, ofMyCompanies, ofMyTeamsCompanies } from './rows.ts';
import { allBut, anything, both, createdByMe, either, everything, is, likeStaff, mine, none, ofMyTeam, only, sameAsMine, where } from './words.ts';
import type { Rights } from './words.ts';

/** What a deal is worth and why it is lost does not concern those who deliver it. */
const dealValue = [
	'amount_cents',
	'mrr_cents',
	'probability',
	'probability_low',
	'probability_high',
	'probability_reasons',
	'forecast_category',
	'competitor',
	'lost_reason',
	'lost_comment',
	'health',
	'health_reasons',
];

const onMyDeals = (rule = mineMyTeamsOrCreatedByMe) => where('opportunity', rule);

export const commercialRights: Rights = {
	opportunities: {
		direction: { read: everything, create: anything, update: everything },
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
		staff: {
			read: mineMyTeamsOrCreatedByMe,
			create: anything,
			sets: exceptOwner,
			given: byMe,
			update: either(mine(), createdByMe),
			changes: exceptOwner,
			delete: both(mine(), createdByMe),
		},
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
		commercial: {
			read: either(mineMyTeamsOrCreatedByMe, ofMyCompanies),
			create: is('status', 'draft', 'sent'),
			sets: exceptOwner,
			given: { ...byMe, status: 'draft' },
			update: both(mine(), is('status', 'draft', 'sent')),
			changes: exceptOwner,
		},
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
};
