/**
 * Fixed ids of what the product ships. An id never changes and is never used again for something else: an upgraded
 * instance finds its rows by them.
 */
const uuid = (family: string, number: number): string => `${family}000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const roleKeys = ['administrator', 'direction', 'manager', 'commercial', 'finance', 'success', 'operations', 'reseller', 'api'] as const;
export type RoleKey = (typeof roleKeys)[number];

const numbered = <Key extends string>(family: string, keys: readonly Key[]): Record<Key, string> =>
	Object.fromEntries(keys.map((key, index) => [key, uuid(family, index + 1)])) as Record<Key, string>;

export const roleIds = numbered('0a', roleKeys);

/** One policy per role, and `self`: what everybody on the staff may do with what is their own. */
export const policyIds = numbered('0b', [...roleKeys, 'self']);
export type PolicyKey = keyof typeof policyIds;

/** Who gets which policy: the row of directus_access that says so. */
export const accessId = (role: RoleKey, policy: PolicyKey): string => {
	const pair = roleKeys.indexOf(role) * 100 + Object.keys(policyIds).indexOf(policy);
	return uuid('0c', pair + 1);
};

export const folderKeys = ['shared', 'sales', 'finance', 'delivery', 'management', 'inbox'] as const;
export type FolderKey = (typeof folderKeys)[number];
export const folderIds = numbered('0d', folderKeys);

/** The user under whose name automations write: nobody can sign in with it. */
export const automationUserId = '00000000-0000-4000-8000-000000000001';

/** Numbers are those of the list of automations. */
export const flowIds = {
	'leads.announce': uuid('6f', 1),
	'leads.grade_changed': uuid('6f', 2),
	'leads.escalate': uuid('6f', 6),
	'leads.decay': uuid('6f', 7),
	'leads.flag_duplicates': uuid('6f', 8),
} as const;
