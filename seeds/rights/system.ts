import { anything, everything, likeStaff, none } from './words.ts';
import type { CollectionRights, Rights } from './words.ts';

/** The engine room: only the administrator looks in. Payloads of jobs and webhooks hold what their roles may not see. */
const administratorOnly: CollectionRights = {
	direction: none,
	manager: none,
	commercial: none,
	finance: none,
	success: none,
	operations: none,
	reseller: none,
	api: none,
};

export const systemRights: Rights = {
	settings: {
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
	jobs: administratorOnly,
	counters: administratorOnly,
	inbound_events: administratorOnly,
	integrations: administratorOnly,
	source_records: administratorOnly,
};
