import { byMe, exceptOwner, mineMyTeamsOrCreatedByMe, mineOrFree, myTasks, ofClients, ofMyCompanies, ofMyTeamsCompanies } from './rows.ts';
import { allBut, anything, both, createdByMe, either, everything, filled, is, likeStaff, mine, none, ofMyTeam, only, where } from './words.ts';
import type { Rights, Rows } from './words.ts';

/** Terms of payment and technical access are agreed elsewhere than in a sales talk. */
const exceptTerms = allBut('owner', 'team', 'payment_terms_days', 'api_access');

const projectsOfMyClients = either(mine('manager'), mineMyTeamsOrCreatedByMe, ofMyCompanies);
const linesOfSales = either(
	where('opportunity', mineMyTeamsOrCreatedByMe),
	where('quote', mineMyTeamsOrCreatedByMe),
	where('invoice', ofMyCompanies),
	where('subscription', ofMyCompanies),
);
const openLines = either(where('opportunity', mineOrFree), where('quote', both(mineOrFree, is('status', 'draft'))));
const linesOfTeam = either(where('opportunity', ofMyTeam), where('quote', both(ofMyTeam, is('status', 'draft'))));

/** Papers about money or persons are read by who needs them. */
const openPapers = is('type', 'quote', 'purchase_order', 'delivery_note', 'contract', 'business_card', 'report', 'presentation', 'other');
const moneyPapers = is(
	'type',
	'invoice',
	'credit_note',
	'quote',
	'purchase_order',
	'delivery_note',
	'receipt',
	'contract',
	'company_record',
	'bank_details',
	'bank_statement',
);

/** Both records of a pair meet a rule. Each kind has columns of its own, and the others' are empty: the kind must be said. */
const bothOf = (rule: Rows): Rows =>
	either(
		both(is('kind', 'companies'), where('company_a', rule), where('company_b', rule)),
		both(is('kind', 'people'), where('person_a', rule), where('person_b', rule)),
		both(is('kind', 'leads'), where('lead_a', rule), where('lead_b', rule)),
	);
/** Companies and people are known to the whole staff: a pair concerns whoever looks after one of the two. Leads must both be seen. */
const pairsOf = (rule: Rows, leads: Rows): Rows =>
	either(
		both(is('kind', 'companies'), either(where('company_a', rule), where('company_b', rule))),
		both(is('kind', 'people'), either(where('person_a', rule), where('person_b', rule))),
		both(is('kind', 'leads'), where('lead_a', leads), where('lead_b', leads)),
	);
const unowned: Rows = { owner: { _null: true } };
const exceptRecord = allBut('merge');

export const coreRights: Rights = {
	// To merge two records is to change them both, and the right to change the pair: whoever looks after both, or what nobody does.
	duplicate_pairs: {
		direction: { read: everything, sees: exceptRecord, update: everything, changes: only('comment') },
		manager: {
			read: pairsOf(either(mine(), ofMyTeam, unowned), mineMyTeamsOrCreatedByMe),
			sees: exceptRecord,
			update: bothOf(either(mine(), ofMyTeam, unowned)),
			changes: only('comment'),
		},
		commercial: {
			read: pairsOf(either(mine(), ofMyTeam), mineMyTeamsOrCreatedByMe),
			sees: exceptRecord,
			update: bothOf(either(mine(), unowned)),
			changes: only('comment'),
		},
		finance: none,
		success: {
			read: pairsOf(either(mine(), ofMyTeam), createdByMe),
			sees: exceptRecord,
			update: both(is('kind', 'companies', 'people'), bothOf(either(mine(), unowned))),
			changes: only('comment'),
		},
		operations: none,
		reseller: none,
		api: none,
	},
	companies: {
		staff: { read: everything },
		direction: { create: anything, update: everything },
		manager: { create: anything, given: byMe, update: everything },
		commercial: { create: anything, sets: exceptTerms, given: byMe, update: everything, changes: exceptTerms },
		finance: { create: anything, update: everything, changes: exceptOwner },
		success: { create: anything, sets: exceptTerms, given: byMe, update: everything, changes: allBut('owner', 'team', 'payment_terms_days') },
		operations: { create: anything, sets: exceptTerms },
		reseller: none,
		api: none,
	},
	people: {
		staff: { read: everything },
		direction: { create: anything, update: everything },
		manager: { create: anything, given: byMe, update: everything, sets: allBut('user'), changes: allBut('user') },
		commercial: { create: anything, given: byMe, update: everything, sets: allBut('owner', 'team', 'user'), changes: allBut('owner', 'team', 'user') },
		finance: { create: anything, update: everything, sets: allBut('user'), changes: allBut('owner', 'team', 'user') },
		success: { create: anything, given: byMe, update: everything, sets: allBut('owner', 'team', 'user'), changes: allBut('owner', 'team', 'user') },
		operations: { create: anything, update: is('is_freelance', true), sets: allBut('owner', 'team', 'user'), changes: allBut('owner', 'team', 'user') },
		reseller: none,
		api: none,
	},
	tasks: {
		staff: {
			read: myTasks,
			create: anything,
			given: { assignee: '$CURRENT_USER', team: '$CURRENT_USER.team' },
			update: myTasks,
			delete: both(createdByMe, is('origin', 'manual')),
		},
		direction: { read: everything },
		manager: likeStaff,
		commercial: likeStaff,
		finance: { read: either(myTasks, filled('invoice')) },
		success: { read: either(myTasks, filled('project'), filled('milestone'), filled('ticket'), filled('company')) },
		operations: { read: either(myTasks, filled('project'), filled('milestone')), update: either(myTasks, filled('project'), filled('milestone')) },
		reseller: none,
		api: none,
	},
	documents: {
		staff: { read: mineMyTeamsOrCreatedByMe, create: anything, sets: exceptOwner, given: byMe, update: either(mine(), createdByMe), changes: exceptOwner },
		direction: { read: everything, sets: allBut(), update: everything, changes: allBut() },
		manager: { sets: allBut(), update: mineMyTeamsOrCreatedByMe, changes: allBut() },
		commercial: { read: either(mineMyTeamsOrCreatedByMe, both(openPapers, ofMyCompanies)) },
		finance: { read: either(mineMyTeamsOrCreatedByMe, moneyPapers), update: either(mine(), createdByMe, moneyPapers) },
		success: { read: either(mineMyTeamsOrCreatedByMe, both(openPapers, ofClients)) },
		operations: { read: either(mineMyTeamsOrCreatedByMe, both(openPapers, filled('project'))) },
		reseller: none,
		api: none,
	},
	teams: {
		staff: { read: everything },
		direction: { create: anything, update: everything },
		manager: { update: mine('manager'), changes: only('expertise_group', 'seniority', 'industries', 'sizes', 'regions', 'languages') },
		commercial: likeStaff,
		finance: likeStaff,
		success: likeStaff,
		operations: likeStaff,
		reseller: none,
		api: none,
	},
	products: {
		staff: { read: everything },
		direction: { create: anything, update: everything },
		manager: likeStaff,
		commercial: likeStaff,
		finance: { create: anything, update: everything },
		success: likeStaff,
		operations: { create: anything, update: everything },
		reseller: none,
		api: none,
	},
	line_items: {
		direction: { read: everything },
		manager: {
			read: linesOfSales,
			create: anything,
			sets: allBut('invoice', 'subscription'),
			update: linesOfTeam,
			changes: allBut('invoice', 'subscription'),
			delete: linesOfTeam,
		},
		commercial: {
			read: linesOfSales,
			create: anything,
			sets: allBut('invoice', 'subscription'),
			update: openLines,
			changes: allBut('invoice', 'subscription'),
			delete: openLines,
		},
		finance: { read: everything, create: anything, update: everything, delete: either({ invoice: { _null: true } }, where('invoice', is('status', 'draft'))) },
		success: { read: either(filled('opportunity'), filled('subscription')) },
		operations: none,
		reseller: none,
		api: none,
	},
	stages: {
		staff: { read: everything },
		direction: { create: anything, update: everything },
		manager: likeStaff,
		commercial: likeStaff,
		finance: likeStaff,
		success: likeStaff,
		operations: likeStaff,
		reseller: none,
		api: none,
	},
	tickets: {
		direction: { read: everything },
		manager: { read: either(mineMyTeamsOrCreatedByMe, ofMyTeamsCompanies), create: anything, update: mineMyTeamsOrCreatedByMe },
		commercial: { read: either(mineMyTeamsOrCreatedByMe, ofMyCompanies), create: anything, sets: exceptOwner, update: mine(), changes: exceptOwner },
		finance: { read: either(mine(), is('kind', 'billing')), update: either(mine(), is('kind', 'billing')), changes: exceptOwner },
		success: { read: everything, create: anything, update: everything },
		operations: { read: everything, create: anything, update: either(mine(), ofMyTeam) },
		reseller: none,
		api: none,
	},
	projects: {
		direction: { read: everything, create: anything, update: everything },
		manager: { read: projectsOfMyClients, create: anything, given: byMe, update: either(mine('manager'), mine(), ofMyTeam) },
		commercial: { read: projectsOfMyClients },
		finance: { read: everything, update: everything, changes: only('budget_group', 'budget_cents') },
		success: { read: everything, create: anything, update: everything },
		operations: { read: everything, create: anything, update: everything },
		reseller: none,
		api: none,
	},
	milestones: {
		direction: { read: everything },
		manager: { read: either(mineMyTeamsOrCreatedByMe, where('project', projectsOfMyClients)), create: anything, update: mineMyTeamsOrCreatedByMe },
		commercial: { read: either(mineMyTeamsOrCreatedByMe, where('project', projectsOfMyClients)), update: mine(), changes: exceptOwner },
		finance: { read: everything },
		success: { read: everything, create: anything, update: everything, delete: is('status', 'todo') },
		operations: { read: everything, create: anything, update: everything, delete: is('status', 'todo') },
		reseller: none,
		api: none,
	},
	milestone_dependencies: {
		staff: { read: everything },
		direction: likeStaff,
		manager: likeStaff,
		commercial: likeStaff,
		finance: likeStaff,
		success: { create: anything, update: everything, delete: everything },
		operations: { create: anything, update: everything, delete: everything },
		reseller: none,
		api: none,
	},
};
