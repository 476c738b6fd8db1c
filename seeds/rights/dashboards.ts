import { dashboardId } from '../dashboards/ids.ts';
import { dashboards } from '../dashboards/index.ts';
import { policyIds } from '../ids.ts';
import type { Permission } from './compile.ts';
import { anything, either, is, mine, staffRoles, type Rows, type StaffRole } from './words.ts';

const seeded = dashboards.map(({ number }) => dashboardId(number));

/** The seeded dashboards that a role sees: those with a cockpit of the role, or that name it as a reader. The administrator sees all. */
export const dashboardsOf = (role: StaffRole): string[] =>
	dashboards
		.filter(({ cockpits, readers = [] }) => readers.includes(role) || cockpits.some((cockpit) => cockpit.role === role))
		.map(({ number }) => dashboardId(number));

const ofDashboard = ['id', 'name', 'icon', 'note', 'color', 'date_created', 'user_created', 'panels'];
const ofPanel = ['id', 'dashboard', 'name', 'icon', 'color', 'show_header', 'note', 'type', 'position_x', 'position_y', 'width', 'height', 'options', 'date_created', 'user_created']; // prettier-ignore
const written = (fields: readonly string[]): string[] => fields.filter((field) => !['id', 'date_created', 'user_created'].includes(field));

/**
 * Directus's own dashboards and panels. Staff see those of their role and make their own, which nobody else sees; what the product seeds is changed
 * by Direction and the administrator alone. A panel holds no figures: it asks for them with its reader's rights.
 */
export function dashboardPermissions(): Permission[] {
	return staffRoles.flatMap((role): Permission[] => {
		const shown = dashboardsOf(role);
		const isKeeper = role === 'direction';
		const rows = (field: string): Rows => either(...(shown.length > 0 ? [is(field, ...shown)] : []), mine('user_created'));
		const changed = (field: string): Rows => (isKeeper ? rows(field) : mine('user_created'));
		// A panel of one's own stays off the dashboards that others read.
		const offSeeded = isKeeper ? null : { dashboard: { _nnull: true, _nin: seeded } };
		const of = (collection: string, action: Permission['action'], permissions: Rows, fields: string[] | null, validation: Rows | null = null): Permission => ({
			policy: policyIds[role],
			collection,
			action,
			permissions: Object.keys(permissions).length > 0 ? permissions : null,
			validation,
			presets: null,
			fields,
		});
		return [
			of('directus_dashboards', 'create', anything, written(ofDashboard)),
			of('directus_dashboards', 'read', rows('id'), ofDashboard),
			of('directus_dashboards', 'update', changed('id'), written(ofDashboard)),
			of('directus_dashboards', 'delete', mine('user_created'), null),
			of('directus_panels', 'create', anything, written(ofPanel), offSeeded),
			of('directus_panels', 'read', rows('dashboard'), ofPanel),
			of('directus_panels', 'update', changed('dashboard'), written(ofPanel), offSeeded && { dashboard: { _nin: seeded } }),
			of('directus_panels', 'delete', changed('dashboard'), null),
		];
	});
}
