import type { Accountability, Host } from '../../platform/directus.ts';
import { parseJson } from '../../platform/directus.ts';

/** Matches no row: what “my team” means for somebody without one. */
const nothing = '00000000-0000-4000-8000-00000000dead';

/**
 * The rows of `documents` that this caller may change, as a filter on them: Directus's own permissions, with the caller in the place of
 * `$CURRENT_USER`. A list filtered so and read with the caller's rights holds what they may both see and decide. Policies bound to addresses
 * do not count. Null for somebody who may change none.
 */
export async function decidableBy(host: Host, { user, roles, admin }: Accountability): Promise<object | null> {
	if (admin) return {};
	const rows = (await host
		.database('directus_permissions as r')
		.join('directus_policies as p', 'p.id', 'r.policy')
		.join('directus_access as a', 'a.policy', 'p.id')
		.where((either) => void either.where('a.user', user).orWhereIn('a.role', [...roles]))
		.where((either) => void either.whereNull('p.ip_access').orWhere('p.ip_access', ''))
		.where({ 'r.action': 'update', 'r.collection': 'documents' })
		.select('r.permissions')) as { permissions: unknown }[];
	if (rows.length === 0) return null;
	const me = (await host.database('directus_users').where({ id: user }).first('team')) as { team: string | null } | undefined;
	const rules = rows.map(({ permissions }) => JSON.stringify(parseJson<object | null>(permissions) ?? {}));
	const mine = rules.map((rule) => JSON.parse(rule.replaceAll('"$CURRENT_USER.team"', JSON.stringify(me?.team ?? nothing)).replaceAll('"$CURRENT_USER"', JSON.stringify(user))) as object); // prettier-ignore
	return mine.some((rule) => Object.keys(rule).length === 0) ? {} : { _or: mine };
}
