import { byMe, mineMyTeamsOrCreatedByMe, mineOrMyTeams, myDraft, ofMyCompanies } from './rows.ts';
import { allBut, anything, both, createdByMe, either, everything, is, likeStaff, mine, none, ofMyTeam, only, where } from './words.ts';
import type { CollectionRights, Rights, Rows } from './words.ts';

/** The calendar is open to the staff, but for what somebody marked as private. */
const visible = either(is('private', false), mine(), createdByMe);
const myEvents = either(mine(), createdByMe);
const invitations = (update: Rows): CollectionRights => ({
	staff: { read: where('planning', visible), create: anything, update, delete: where('planning', myEvents) },
	direction: likeStaff,
	manager: { update: either(update, where('planning', ofMyTeam)), delete: where('planning', either(myEvents, ofMyTeam)) },
	commercial: likeStaff,
	finance: likeStaff,
	success: likeStaff,
	operations: likeStaff,
	reseller: none,
	api: none,
});

const exceptApproval = allBut('owner', 'team', 'person', 'rate_cents', 'approved_by', 'approved_at', 'rejection_reason');
const notDecided = is('status', 'draft', 'submitted');

export const operationsRights: Rights = {
	planning: {
		staff: { read: visible, create: anything, given: byMe, update: myEvents, delete: myEvents },
		direction: likeStaff,
		manager: { update: either(myEvents, ofMyTeam), delete: either(myEvents, ofMyTeam) },
		commercial: likeStaff,
		finance: likeStaff,
		success: likeStaff,
		operations: likeStaff,
		reseller: none,
		api: none,
	},
	planning_attendees: invitations(either(mine('user'), where('planning', myEvents))),
	planning_guests: invitations(where('planning', myEvents)),
	time_tracking: {
		staff: {
			read: mine(),
			create: both(mine(), notDecided),
			sets: exceptApproval,
			given: { ...byMe, status: 'draft' },
			update: both(mine(), is('status', 'draft', 'rejected')),
			keeps: notDecided,
			changes: exceptApproval,
			delete: myDraft('owner'),
		},
		direction: { read: everything },
		manager: { read: mineOrMyTeams, update: either(myDraft('owner'), ofMyTeam), keeps: anything, changes: allBut('owner', 'team', 'person') },
		commercial: likeStaff,
		finance: { read: everything, update: everything, keeps: anything, changes: only('billing_group', 'billable', 'rate_cents', 'cost_rate_cents') },
		success: { read: mineOrMyTeams },
		operations: { read: everything, create: anything, sets: allBut(), update: everything, keeps: anything, changes: allBut() },
		reseller: none,
		api: none,
	},
	resources: {
		staff: { read: mineOrMyTeams },
		direction: { read: everything },
		manager: likeStaff,
		commercial: likeStaff,
		finance: { read: everything },
		success: { read: everything },
		operations: { read: everything, create: anything, update: everything, delete: is('status', 'planned', 'cancelled') },
		reseller: none,
		api: none,
	},
	absences: {
		// Why somebody is away is not for colleagues. Their dates without the reason cannot be shown beside one's own with it: a filter
		// or a search would find out the reason (docs/decisions/050). Colleagues read team_absences instead.
		staff: { read: mine('user'), create: mine('user'), given: { user: '$CURRENT_USER' } },
		direction: { read: everything, create: anything, update: everything, delete: everything },
		manager: {
			create: anything,
			update: where('user', ofMyTeam),
			delete: where('user', ofMyTeam),
			read: either(mine('user'), where('user', ofMyTeam)),
		},
		commercial: likeStaff,
		finance: likeStaff,
		success: likeStaff,
		operations: likeStaff,
		reseller: none,
		api: none,
		self: { read: mine('user'), update: mine('user'), changes: allBut('user'), delete: mine('user') },
	},
	team_absences: {
		staff: { read: everything },
		direction: likeStaff,
		manager: likeStaff,
		commercial: likeStaff,
		finance: likeStaff,
		success: likeStaff,
		operations: likeStaff,
		reseller: none,
		api: none,
	},
	validation: {
		staff: {
			read: either(mine('requester'), mine('approver'), mineMyTeamsOrCreatedByMe),
			create: both(mine('requester'), is('status', 'pending')),
			sets: allBut('requester', 'approver', 'owner', 'team', 'decision_group', 'comment'),
			given: { requester: '$CURRENT_USER', status: 'pending' },
			update: both(either(mine('approver'), mine('requester')), is('status', 'pending')),
			changes: only('status', 'comment'),
		},
		direction: { read: everything, update: is('status', 'pending'), changes: only('status', 'comment', 'approver', 'deadline') },
		manager: likeStaff,
		commercial: likeStaff,
		finance: { read: everything },
		success: likeStaff,
		operations: likeStaff,
		reseller: none,
		api: none,
	},
	// Done and undone by their buttons, which ask for the right to read these and to change the two accounts.
	handovers: {
		direction: { read: everything, sees: allBut('moved', 'request') },
		manager: { read: ofMyTeam, sees: allBut('moved', 'request') },
		commercial: none,
		finance: none,
		success: none,
		operations: none,
		reseller: none,
		api: none,
	},
	usage_events: {
		direction: { read: everything },
		manager: { read: where('company', ofMyTeam) },
		commercial: { read: ofMyCompanies },
		finance: none,
		success: { read: everything },
		operations: none,
		reseller: none,
		api: { create: anything },
	},
};
