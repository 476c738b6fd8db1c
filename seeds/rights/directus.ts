import { folderIds } from '../ids.ts';
import type { FolderKey } from '../ids.ts';
import { anything, both, either, everything, is, likeStaff, mine, none, ofMyTeam, only } from './words.ts';
import type { Right, Rights, Rows } from './words.ts';

/** Lists of rows that point to a person. Who sees which rows is said with those; without the list GraphQL has no way from row to person. */
const lists = ['leads', 'tasks', 'absences'];
/** What colleagues see of each other. */
const card = [
	...lists,
	'id',
	'first_name',
	'last_name',
	'avatar',
	'title',
	'email',
	'location',
	'description',
	'status',
	'company_group',
	'team',
	'seniority',
	'expertise_group',
	'industries',
	'sizes',
	'regions',
	'languages',
];
/** What the work is handed out by. */
const capacity = ['hired_on', 'takes_leads', 'lead_capacity', 'working_days', 'role'];
const work = [...capacity, 'quota_cents', 'last_access'];
const handedOutBy = [
	'company_group',
	'expertise_group',
	'seniority',
	'takes_leads',
	'lead_capacity',
	'working_days',
	'industries',
	'sizes',
	'regions',
	'languages',
];

/** One's own profile. Address, role, policies, team and status are the administrator's. */
const profile = [
	'first_name',
	'last_name',
	'password',
	'avatar',
	'location',
	'title',
	'description',
	'tags',
	'preferences_divider',
	'language',
	'text_direction',
	'tfa_secret',
	'email_notifications',
	'theming_divider',
	'appearance',
	'theme_light',
	'theme_light_overrides',
	'theme_dark',
	'theme_dark_overrides',
];

const inFolders = (...folders: FolderKey[]): Rows => is('folder', ...folders.map((folder) => folderIds[folder]));
const unfiled: Rows = { folder: { _null: true } };
/** Papers: what Finance may have to file. Lists (CSV, workbooks, JSON) that somebody imports or exports hold rows that Finance has no right to. */
const papers: Rows = either(
	is(
		'type',
		'application/pdf',
		'application/xml',
		'text/xml',
		'text/plain',
		'text/vcard',
		'message/rfc822',
		'application/msword',
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	),
	{ type: { _starts_with: 'image/' } },
);
const uploadedByMe = mine('uploaded_by');
const described = ['title', 'description', 'tags', 'location', 'folder', 'filename_download', 'focal_point_x', 'focal_point_y'];

/**
 * A file is seen by who uploaded it and by the readers of its folder. Where it lies on the disk nobody may say: a row
 * that names another file's place would open that file.
 */
const files = (folders: Rows): Right => ({
	read: either(uploadedByMe, folders),
	sees: only(
		'id',
		'storage',
		'filename_disk',
		'filename_download',
		'title',
		'type',
		'folder',
		'uploaded_by',
		'uploaded_on',
		'created_on',
		'modified_by',
		'modified_on',
		'charset',
		'filesize',
		'width',
		'height',
		'duration',
		'embed',
		'description',
		'location',
		'tags',
		'metadata',
		// With resumable uploads on, Directus filters every list by it.
		'tus_id',
		'focal_point_x',
		'focal_point_y',
	),
	create: anything,
	sets: only('id', 'storage', 'type', ...described),
	update: uploadedByMe,
	changes: only(...described),
	delete: both(uploadedByMe, either(unfiled, inFolders('shared', 'sales', 'delivery'))),
});
const folders = (...keys: FolderKey[]): Right => ({ read: is('id', ...keys.map((key) => folderIds[key])), sees: only('id', 'name', 'parent') });

/** Folders whose files a role reads, beside its own uploads. What waits to be filed may be anything: until it is, few read it (docs/decisions/123). */
const readers = {
	direction: ['shared', 'sales', 'finance', 'delivery', 'management', 'inbox'],
	manager: ['shared', 'sales', 'delivery'],
	commercial: ['shared', 'sales'],
	finance: ['shared', 'finance', 'inbox'],
	success: ['shared', 'sales', 'delivery'],
	operations: ['shared', 'delivery'],
} as const satisfies Record<string, FolderKey[]>;

/** Directus's own collections, beyond the least that its app gives to whoever may sign in. The rest is the administrator's. */
export const directusRights: Rights = {
	directus_users: {
		staff: { read: everything, sees: only(...card) },
		direction: { sees: only(...card, ...work), update: everything, changes: only(...handedOutBy, 'team', 'title', 'hired_on', 'quota_cents') },
		manager: { sees: only(...card, ...work), update: ofMyTeam, changes: only(...handedOutBy) },
		commercial: likeStaff,
		finance: likeStaff,
		success: likeStaff,
		operations: likeStaff,
		reseller: { update: mine('id'), changes: only(...profile) },
		api: none,
		// Whoever sees a field of one row can find it out of all rows that they see (a filter, an aggregate): what one sees only
		// of oneself is nothing that must be kept from colleagues (docs/decisions/050).
		self: { read: mine('id'), sees: only(...new Set([...card, ...capacity, ...profile])), update: mine('id'), changes: only(...profile) },
	},
	directus_files: {
		direction: files(either(unfiled, inFolders(...readers.direction))),
		manager: files(inFolders(...readers.manager)),
		commercial: files(inFolders(...readers.commercial)),
		finance: files(either(both(unfiled, papers), inFolders(...readers.finance))),
		success: files(inFolders(...readers.success)),
		operations: files(inFolders(...readers.operations)),
		reseller: none,
		api: none,
	},
	directus_folders: {
		direction: folders(...readers.direction),
		manager: folders(...readers.manager, 'inbox'),
		commercial: folders(...readers.commercial, 'inbox'),
		finance: folders(...readers.finance),
		success: folders(...readers.success, 'inbox'),
		operations: folders(...readers.operations, 'inbox'),
		reseller: none,
		api: none,
	},
};
