import { readSchemaFiles } from '../scripts/schema/files.ts';
import type { CollectionFile } from '../scripts/schema/file-format.ts';
import type { Row } from '../scripts/support/client.ts';
import { accessId, policyIds, roleIds, roleKeys } from './ids.ts';
import type { PolicyKey, RoleKey } from './ids.ts';
import { buttonPermissions } from './rights/buttons.ts';
import { commentPermissions } from './rights/comments.ts';
import { compileRights } from './rights/compile.ts';
import type { Permission } from './rights/compile.ts';
import { dashboardPermissions } from './rights/dashboards.ts';
import { rights } from './rights/index.ts';
import { staffRoles } from './rights/words.ts';

export { policyIds, roleIds } from './ids.ts';

type Role = { name: string; icon: string; description: string };

/**
 * Who works here. What each role may do is in rights/: a table per family of collections, a line per role, compiled to
 * Directus's permissions against the schema files.
 */
export const roles: Record<RoleKey, Role> = {
	administrator: { name: 'Administrateur', icon: 'verified_user', description: 'Voit et règle tout : utilisateurs, droits, flux, schéma, intégrations.' },
	direction: { name: 'Direction', icon: 'insights', description: 'Lit toute l’activité de l’entreprise ; fixe les réglages, les équipes et les objectifs.' },
	manager: { name: 'Manager', icon: 'supervisor_account', description: 'Suit les leads, les affaires et les tâches de son équipe et les réattribue.' },
	commercial: {
		name: 'Commercial',
		icon: 'handshake',
		description: 'Traite ses leads et ceux de son équipe, mène ses affaires, tient les comptes et les contacts à jour.',
	},
	finance: {
		name: 'Finance',
		icon: 'account_balance',
		description: 'Du devis à l’encaissement : factures, paiements, notes de frais, abonnements, comptabilité.',
	},
	success: { name: 'Succès client', icon: 'support_agent', description: 'Accompagne les clients : mise en route, jalons, tickets, échanges, satisfaction.' },
	operations: { name: 'Opérations', icon: 'engineering', description: 'Conduit les projets : tâches, temps, planning, affectations, catalogue.' },
	reseller: {
		name: 'Revendeur',
		icon: 'storefront',
		description: 'Partenaire extérieur : dépose ses leads, suit leur avancement et ses commissions, ne voit rien d’autre.',
	},
	api: { name: 'API', icon: 'api', description: 'Autre système : envoie des leads et des événements d’usage. N’ouvre pas l’application.' },
};

const policies: Record<PolicyKey, Role> = {
	...roles,
	self: { name: 'Mon espace', icon: 'account_circle', description: 'Ce que chaque membre du personnel fait de ce qui est à lui : son profil, ses absences.' },
};

export const roleRows = (): Row[] => roleKeys.map((key) => ({ id: roleIds[key], ...roles[key] }));

export const policyRows = (): Row[] =>
	(Object.keys(policyIds) as PolicyKey[]).map((key) => ({
		id: policyIds[key],
		...policies[key],
		admin_access: key === 'administrator',
		// The policy `self` comes beside one that opens the app.
		app_access: key !== 'api' && key !== 'self',
		enforce_tfa: false,
		ip_access: null,
	}));

/** Each role has the policy of its name; the staff has `self`, too. */
export const accessRows = (): Row[] => [
	...roleKeys.map((role) => ({ id: accessId(role, role), role: roleIds[role], policy: policyIds[role], user: null, sort: 1 })),
	...staffRoles.map((role) => ({ id: accessId(role, 'self'), role: roleIds[role], policy: policyIds.self, user: null, sort: 2 })),
];

export const permissionRows = (files: readonly CollectionFile[] = readSchemaFiles()): Permission[] => [
	...compileRights(rights, files),
	...commentPermissions(rights),
	...buttonPermissions(),
	...dashboardPermissions(),
];
