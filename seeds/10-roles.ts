import type { SeedSource } from '../scripts/seed/format.ts';
import { automationUserId, folderIds } from './ids.ts';
import { accessRows, permissionRows, policyRows, roleRows } from './roles.ts';

/** Folders by whose name a file is shared; who reads which is in rights/directus.ts. */
const folders = [
	{ id: folderIds.shared, name: 'Partagé', parent: null },
	{ id: folderIds.sales, name: 'Commercial', parent: null },
	{ id: folderIds.finance, name: 'Finance', parent: null },
	{ id: folderIds.delivery, name: 'Projets et clients', parent: null },
	{ id: folderIds.management, name: 'Direction', parent: null },
	{ id: folderIds.inbox, name: 'Documents à classer', parent: null },
];

const seeds: SeedSource[] = [
	{ collection: 'directus_folders', rows: folders, keep: true },
	{ collection: 'directus_roles', rows: roleRows() },
	{ collection: 'directus_policies', rows: policyRows() },
	{ collection: 'directus_access', rows: accessRows() },
	{ collection: 'directus_permissions', key: ['policy', 'collection', 'action'], rows: permissionRows() },
	{
		// The name under which automations write. Without e-mail, password, role and token nobody can sign in with it.
		collection: 'directus_users',
		rows: [
			{
				id: automationUserId,
				first_name: 'Orchestre',
				last_name: null,
				title: 'Automatisation',
				status: 'active',
				role: null,
				language: 'fr-FR',
				email_notifications: false,
			},
		],
	},
];

export default seeds;
