import { policyIds } from '../ids.ts';
import { effective } from './compile.ts';
import type { Permission } from './compile.ts';
import { staffRoles } from './words.ts';
import type { Rights } from './words.ts';

/**
 * Comments name the row they belong to as text, so no rule can look at that row. A role therefore reads its colleagues'
 * comments where it reads the whole collection; elsewhere its own (Directus gives those), and mentions reach it as
 * notifications.
 */
export function commentPermissions(rights: Rights): Permission[] {
	return staffRoles.map((role) => {
		const whole = Object.keys(rights)
			.toSorted()
			.filter((collection) => {
				const table = rights[collection];
				const rule = table && effective(table, role).read;
				return rule && Object.keys(rule).length === 0 && !collection.startsWith('directus_');
			});
		return {
			policy: policyIds[role],
			collection: 'directus_comments',
			action: 'read',
			permissions: { collection: { _in: whole } },
			validation: null,
			presets: null,
			fields: ['*'],
		};
	});
}
