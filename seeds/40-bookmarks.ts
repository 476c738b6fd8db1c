import type { SeedSource } from '../scripts/seed/format.ts';
import type { Row } from '../scripts/support/client.ts';
import { defaultViews } from './bookmarks/defaults.ts';
import { bookmarks } from './bookmarks/roles.ts';
import { roleIds } from './ids.ts';
import type { RoleKey } from './ids.ts';

const everybody = { role: null, user: null, search: null };

const defaultRows: Row[] = Object.entries(defaultViews).map(([collection, { filter, ...view }]) => ({
	...everybody,
	collection,
	bookmark: null,
	filter: filter ?? null,
	icon: 'bookmark',
	color: null,
	refresh_interval: null,
	...view,
}));

const bookmarkRows: Row[] = (Object.keys(bookmarks) as RoleKey[]).flatMap((role) =>
	(bookmarks[role] ?? []).map(({ name, collection, icon, filter, view, refresh }) => ({
		...everybody,
		role: roleIds[role],
		collection,
		bookmark: name,
		icon,
		color: null,
		filter: Object.keys(filter).length > 0 ? filter : null,
		refresh_interval: refresh ?? null,
		...view,
	})),
);

/**
 * `user` belongs to the key: when somebody changes a shared view, Directus keeps a copy under their name, which must not
 * be taken for ours.
 */
const seed: SeedSource = { collection: 'directus_presets', key: ['collection', 'bookmark', 'role', 'user'], rows: [...defaultRows, ...bookmarkRows] };

export default seed;
