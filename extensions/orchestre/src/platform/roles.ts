/** Roles of the staff by id (seeds/ids.ts). */
export const staffRoles = {
	'0a000000-0000-4000-8000-000000000002': 'direction',
	'0a000000-0000-4000-8000-000000000003': 'manager',
	'0a000000-0000-4000-8000-000000000004': 'commercial',
	'0a000000-0000-4000-8000-000000000005': 'finance',
	'0a000000-0000-4000-8000-000000000006': 'success',
	'0a000000-0000-4000-8000-000000000007': 'operations',
} as const;

/** The role Direction. */
export const directionRole = '0a000000-0000-4000-8000-000000000002';
/** The role Manager. */
export const managerRole = '0a000000-0000-4000-8000-000000000003';
