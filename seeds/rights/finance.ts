import { byMe, exceptOwner, mineMyTeamsOrCreatedByMe, mineOrFree, mineOrMyTeams, myDraft, ofClients, ofMyCompanies, ofMyTeamsCompanies } from './rows.ts';
import { allBut, anything, both, createdByMe, either, everything, filled, is, likeStaff, mine, none, ofMyTeam } from './words.ts';
import type { CollectionRights, Rights } from './words.ts';

const myDraftQuote = { ...byMe, status: 'draft' };
const draft = is('status', 'draft');
const open = is('status', 'draft', 'sent');
const sales = is('direction', 'sale');

/** Who decides on an expense, and what follows, is not for the one who spent the money. */
const exceptApproval = allBut(
	'owner',
	'team',
	'person',
	'rejection_reason',
	'approved_by',
	'approved_at',
	'reimbursed_on',
	'payment',
	'account',
	'submitted_at',
);
const notDecided = is('status', 'draft', 'submitted');

/** Books that only accounting opens, and Direction reads. */
const books = (finance: CollectionRights['finance']): CollectionRights => ({
	direction: { read: everything },
	manager: none,
	commercial: none,
	finance,
	success: none,
	operations: none,
	reseller: none,
	api: none,
});

export const financeRights: Rights = {
	quotes: {
		direction: { read: everything },
		manager: {
			read: either(mineMyTeamsOrCreatedByMe, ofMyTeamsCompanies),
			create: draft,
			given: myDraftQuote,
			update: mineOrMyTeams,
			delete: both(ofMyTeam, draft),
		},
		commercial: {
			read: either(mineMyTeamsOrCreatedByMe, ofMyCompanies),
			create: draft,
			sets: exceptOwner,
			given: myDraftQuote,
			update: both(mineOrFree, open),
			changes: exceptOwner,
			delete: myDraft('owner'),
		},
		finance: { read: everything, create: anything, update: everything },
		success: {
			read: everything,
			create: draft,
			sets: exceptOwner,
			given: myDraftQuote,
			update: both(mine(), open),
			changes: exceptOwner,
			delete: myDraft('owner'),
		},
		operations: { read: is('status', 'accepted') },
		reseller: none,
		api: none,
	},
	invoices: {
		direction: { read: everything },
		manager: { read: both(sales, either(mineOrMyTeams, ofMyTeamsCompanies)), sees: allBut('internal_note') },
		commercial: { read: both(sales, either(mine(), ofMyCompanies)), sees: allBut('internal_note') },
		finance: { read: everything, create: anything, update: everything, delete: draft },
		success: { read: both(sales, ofClients), sees: allBut('internal_note') },
		operations: { read: filled('project'), sees: allBut('internal_note') },
		reseller: none,
		api: none,
	},
	payments: books({ read: everything, create: anything, update: everything }),
	payment_allocations: books({ read: everything, create: anything, update: everything, delete: everything }),
	expenses: {
		staff: {
			read: either(mine(), createdByMe),
			create: both(mine(), notDecided),
			sets: exceptApproval,
			given: { ...byMe, status: 'draft' },
			update: both(mine(), is('status', 'draft', 'rejected')),
			keeps: notDecided,
			changes: exceptApproval,
			delete: myDraft('owner'),
		},
		direction: { read: everything, update: everything, keeps: anything, changes: allBut('payment', 'account') },
		manager: {
			read: either(mine(), createdByMe, ofMyTeam),
			update: either(myDraft('owner'), ofMyTeam),
			keeps: anything,
			changes: allBut('owner', 'team', 'person', 'payment', 'account', 'reimbursed_on'),
		},
		commercial: likeStaff,
		finance: { read: everything, create: anything, sets: allBut(), update: everything, keeps: anything, changes: allBut() },
		success: likeStaff,
		operations: { read: either(mine(), createdByMe, filled('project')) },
		reseller: none,
		api: none,
	},
	subscriptions: {
		direction: { read: everything },
		manager: { read: either(mineOrMyTeams, ofMyTeamsCompanies) },
		commercial: { read: either(mine(), ofMyCompanies) },
		finance: { read: everything, create: anything, update: everything },
		success: { read: everything },
		operations: none,
		reseller: none,
		api: none,
	},
	subscription_changes: {
		direction: { read: everything },
		manager: { read: ofMyTeamsCompanies },
		commercial: { read: ofMyCompanies },
		finance: { read: everything, create: anything },
		success: { read: everything },
		operations: none,
		reseller: none,
		api: none,
	},
	budgets: {
		direction: { read: everything, create: anything, update: everything },
		manager: { read: mineOrMyTeams },
		commercial: none,
		finance: { read: everything, create: anything, update: everything },
		success: none,
		operations: { read: filled('project') },
		reseller: none,
		api: none,
	},
	accounting: books({ read: everything }),
	accounts: books({ read: everything, create: anything, update: everything }),
	journals: books({ read: everything, create: anything, update: everything }),
	fiscal_periods: books({ read: everything, create: anything, update: everything }),
	legal_rates: books({ read: everything, create: anything, update: everything }),
	invoices_archive: books({ read: everything }),
	chain: books({ read: everything }),
	company_profile: {
		staff: { read: everything },
		direction: { create: anything, update: everything },
		manager: likeStaff,
		commercial: likeStaff,
		finance: { create: anything, update: everything },
		success: likeStaff,
		operations: likeStaff,
		reseller: none,
		api: none,
	},
};
