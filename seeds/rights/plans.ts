import { anything, either, everything, likeStaff, mine, none, ofMyTeam, only } from './words.ts';
import type { CollectionRights, Right, Rights } from './words.ts';

const kept: Right = { create: anything, update: everything };
const keptParts: Right = { ...kept, delete: everything };

/** Plans to copy are kept by those who deliver; everybody on the staff may look at them. */
const planRights = (keeper: Right): CollectionRights => ({
	staff: { read: everything },
	direction: likeStaff,
	manager: likeStaff,
	commercial: likeStaff,
	finance: likeStaff,
	success: keeper,
	operations: keeper,
	reseller: none,
	api: none,
});

/** Cadences and texts that go out to prospects are kept by managers. */
const outreachRights = (keeper: Right): CollectionRights => ({
	staff: { read: everything },
	direction: keeper,
	manager: keeper,
	commercial: likeStaff,
	finance: none,
	success: likeStaff,
	operations: none,
	reseller: none,
	api: none,
});

const decided = only('state', 'snoozed_until', 'outcome');

/** What automations follow, and what they tell people. */
export const planningRights: Rights = {
	project_templates: planRights(kept),
	project_template_milestones: planRights(keptParts),
	project_template_tasks: planRights(keptParts),
	project_template_dependencies: planRights(keptParts),
	sequences: outreachRights(kept),
	sequence_steps: outreachRights(keptParts),
	message_templates: outreachRights(kept),
	sequence_runs: {
		direction: { read: everything },
		manager: { read: either(mine(), ofMyTeam) },
		commercial: { read: either(mine(), ofMyTeam) },
		finance: none,
		success: { read: either(mine(), ofMyTeam) },
		operations: none,
		reseller: none,
		api: none,
	},
	// What was done is shown by the panel on the lead; the rows are the product's own guard against a second message.
	sequence_sends: { direction: none, manager: none, commercial: none, finance: none, success: none, operations: none, reseller: none, api: none },
	alerts: {
		staff: { read: either(mine('assignee'), ofMyTeam), update: either(mine('assignee'), ofMyTeam), changes: decided },
		direction: { read: everything },
		manager: { changes: only('state', 'snoozed_until', 'outcome', 'assignee') },
		commercial: likeStaff,
		finance: likeStaff,
		success: likeStaff,
		operations: likeStaff,
		reseller: none,
		api: none,
	},
};
