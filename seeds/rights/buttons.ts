import { policyIds } from '../ids.ts';
import type { Permission } from './compile.ts';
import { staffRoles } from './words.ts';
import type { StaffRole } from './words.ts';

/**
 * Who sees which button: the flows with a manual trigger, by id. Seeing a button is not the right to what it does, which each
 * operation asks for itself. The administrator sees them all.
 */
export const buttons: Readonly<Record<string, readonly StaffRole[]>> = {
	// Replay a job
	'70000000-0000-4000-8000-000000000001': [],
	// Test a connection (docs/decisions/115)
	'77000000-0000-4000-8000-000000000001': [],
	// Hand over a portfolio: prepare, at once, carry out, take back (docs/decisions/071)
	'72000000-0000-4000-8000-000000000001': ['direction', 'manager'],
	'72000000-0000-4000-8000-000000000002': ['direction', 'manager'],
	'72000000-0000-4000-8000-000000000003': ['direction', 'manager'],
	'72000000-0000-4000-8000-000000000004': ['direction', 'manager'],
	// Convert a lead, take it back (docs/decisions/103)
	'73000000-0000-4000-8000-000000000001': ['direction', 'manager', 'commercial'],
	'73000000-0000-4000-8000-000000000002': ['direction', 'manager', 'commercial'],
	// Merge duplicates, say that they are none, take a merge back (docs/decisions/102)
	'75000000-0000-4000-8000-000000000003': ['direction', 'manager', 'commercial', 'success'],
	'75000000-0000-4000-8000-000000000004': ['direction', 'manager', 'commercial', 'success'],
	'75000000-0000-4000-8000-000000000005': ['direction', 'manager', 'commercial', 'success'],
	// The operation itself refuses whoever is not in charge.
	'74000000-0000-4000-8000-000000000002': ['direction'],
	// Start a sequence, stop it (docs/decisions/106)
	'79000000-0000-4000-8000-000000000001': ['direction', 'manager', 'commercial', 'success'],
	'79000000-0000-4000-8000-000000000002': ['direction', 'manager', 'commercial', 'success'],
	// Make one's report (docs/decisions/128)
	'7b000000-0000-4000-8000-000000000001': ['direction', 'manager', 'commercial', 'finance', 'success'],
	// Enrich companies, leads, people (docs/decisions/108)
	'7a000000-0000-4000-8000-000000000001': ['direction', 'manager', 'commercial', 'success'],
	// Read a document again (docs/decisions/123)
	'78000000-0000-4000-8000-000000000001': ['direction', 'manager', 'commercial', 'finance', 'success', 'operations'],
};

/** What the app draws a button and its dialogue from; not who made it, nor the steps behind it. */
const drawn = ['id', 'name', 'icon', 'color', 'status', 'trigger', 'options'];

/** Directus's app shows a button to whoever may read its flow. */
export function buttonPermissions(): Permission[] {
	return staffRoles.flatMap((role): Permission[] => {
		const ids = Object.keys(buttons).filter((id) => buttons[id]?.includes(role));
		if (ids.length === 0) return [];
		return [
			{
				policy: policyIds[role],
				collection: 'directus_flows',
				action: 'read',
				permissions: { id: { _in: ids } },
				validation: null,
				presets: null,
				fields: drawn,
			},
		];
	});
}
