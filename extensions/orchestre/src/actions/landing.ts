import type { Knex } from '../platform/directus.ts';
import { directionRole, outsideRoles } from '../platform/roles.ts';

/** The page of the list of the day, as the app's router names it. */
export const dayPage = '/orchestre-day';

/**
 * After a login the app goes to the page that was asked for, else to the user's last one, else to the list of collections (login form of
 * @directus/app 15, `redirect || last_page || /content`). The day begins with the list: at a login it is made the last page. Whoever
 * follows a link still gets where it leads. Direction begins where they left, at the very first login with their dashboard; resellers and
 * machines have no list.
 */
export async function landOnDay(knex: Knex, user: string): Promise<void> {
	await knex('directus_users')
		.where({ id: user })
		.whereNotNull('role')
		.whereNotIn('role', [directionRole, ...outsideRoles])
		.whereExists((one) =>
			// Administrators come to look after the system.
			void one
				.select(knex.raw('1'))
				.from('directus_permissions as r')
				.join('directus_access as a', 'a.policy', 'r.policy')
				.whereRaw('a.role = directus_users.role')
				.where({ 'r.collection': 'insights', 'r.action': 'update' }),
		)
		.update({ last_page: dayPage });
	const cockpit = (await knex('dashboards').where({ key: '3.direction', status: 'active' }).first('dashboard')) as { dashboard: string | null } | undefined;
	if (cockpit?.dashboard) await knex('directus_users').where({ id: user, role: directionRole }).whereNull('last_page').update({ last_page: `/insights/${cockpit.dashboard}` }); // prettier-ignore
} // prettier-ignore
