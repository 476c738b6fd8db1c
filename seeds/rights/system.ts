import { anything, createdByMe, everything, likeStaff, none } from './words.ts';
import type { CollectionRights, Right, Rights } from './words.ts';

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

/** Whoever imports sees their own imports: a report quotes rows that others may not see. */
const ownImports: Right = { create: anything, read: createdByMe, update: createdByMe };

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
	imports: {
		direction: { create: anything, read: everything, update: everything },
		manager: ownImports,
		commercial: none,
		finance: none,
		success: none,
		operations: ownImports,
		reseller: none,
		api: none,
	},
	import_parts: administratorOnly,
	document_corrections: administratorOnly,
	document_pages: administratorOnly,
};
