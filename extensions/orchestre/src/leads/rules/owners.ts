/** The roles that work on leads (ids of seeds/ids.ts): Administrateur, Direction, Manager, Commercial. */
export const leadRoles: readonly string[] = [1, 2, 3, 4].map((number) => `0a000000-0000-4000-8000-00000000000${number}`);

/**
 * Whether somebody may be made the owner of a lead by hand: an active account that takes leads or whose role works on them. The
 * form offers the same people (`owner` in schema-snapshots/leads.yaml; a test compares the two).
 */
export const mayOwnLeads = (person: { status: string; role: string | null; takesLeads: boolean }): boolean =>
	person.status === 'active' && (person.takesLeads || leadRoles.includes(person.role ?? ''));
