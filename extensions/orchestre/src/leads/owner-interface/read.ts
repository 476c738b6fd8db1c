import { isForbidden, type Get } from '../../platform/record-panel/use-saved-record.ts';
import type { Assignment } from '../rules/types.ts';

/** What the panel shows of a lead; `ownerName` is null when nobody has it, or when this role may not see people. */
export type AssignedLead = {
	owner: string | null;
	ownerName: string | null;
	assignment: Assignment | null;
	assigned_at: string | null;
	sla_due_at: string | null;
	first_contact_at: string | null;
};

const fields = 'owner,assignment,assigned_at,sla_due_at,first_contact_at';

async function readName(get: Get, user: string): Promise<string | null> {
	try {
		const { first_name, last_name } = await get<{ first_name: string | null; last_name: string | null }>(`/users/${encodeURIComponent(user)}`, {
			fields: 'first_name,last_name',
		});
		return [first_name, last_name].filter(Boolean).join(' ') || null;
	} catch (error) {
		if (isForbidden(error)) return null;
		throw error;
	}
}

/** Reads a lead's decision. The owner's name comes from the decision, or from Directus when somebody else was set by hand. */
export async function readAssignedLead(get: Get, id: string): Promise<AssignedLead> {
	const lead = await get<Omit<AssignedLead, 'ownerName'>>(`/items/leads/${encodeURIComponent(id)}`, { fields });
	const assignment = lead.assignment && Array.isArray(lead.assignment.candidates) ? lead.assignment : null;
	const known = assignment?.candidates.find(({ user }) => user === lead.owner)?.name;
	return { ...lead, assignment, ownerName: known ?? (lead.owner ? await readName(get, lead.owner) : null) };
}
