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
export const managerRole = '0a000000-0000-4000-8000-000000000003';
export const financeRole = '0a000000-0000-4000-8000-000000000005';
/** Revendeur and API: nobody of the staff. */
export const outsideRoles = ['0a000000-0000-4000-8000-000000000008', '0a000000-0000-4000-8000-000000000009'] as const;
