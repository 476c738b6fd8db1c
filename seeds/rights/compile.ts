import type { CollectionFile } from '../../scripts/schema/file-format.ts';
import type { JsonObject } from '../../scripts/schema/snapshot.ts';
import { policyIds } from '../ids.ts';
import type { PolicyKey } from '../ids.ts';
import { isComputed, sensitiveFields } from './protected.ts';
import { likeStaff, none, staffRoles } from './words.ts';
import type { CollectionRights, Fields, LimitedRole, Right, Rights, Rows } from './words.ts';

export const actions = ['create', 'read', 'update', 'delete'] as const;
export type Action = (typeof actions)[number];

/** A row of directus_permissions, without its id: policy, collection and action are its key. */
export type Permission = {
	policy: string;
	collection: string;
	action: Action;
	permissions: JsonObject | null;
	validation: JsonObject | null;
	presets: JsonObject | null;
	fields: string[] | null;
};

const isStaff = (role: LimitedRole): boolean => staffRoles.some((staff) => staff === role);
const orNull = (rule: Rows | undefined): JsonObject | null => (rule && Object.keys(rule).length > 0 ? rule : null);
const isSystem = (collection: string): boolean => collection.startsWith('directus_');

/** What a role's line says once the line of the whole staff stands behind it. */
export function effective(rights: CollectionRights, role: LimitedRole): Right {
	const own = rights[role];
	if (own === none) return {};
	return { ...(isStaff(role) && rights.staff), ...(own !== likeStaff && own) };
}

const chosen = (all: readonly string[], choice: Fields | undefined, where: string): string[] => {
	if (!choice) return [...all];
	const listed = 'only' in choice ? choice.only : choice.allBut;
	const unknown = listed.filter((field) => !all.includes(field));
	if (unknown.length > 0) throw new Error(`${where}: no such field, or never writable: ${unknown.join(', ')}`);
	return all.filter((field) => listed.includes(field) === 'only' in choice);
};

/** Directus's own collections have no file that lists all their fields: rights on them name every one. */
const named = (choice: Fields | undefined, where: string): string[] => {
	if (!choice || !('only' in choice)) throw new Error(`${where}: name the fields (only)`);
	return [...choice.only];
};

/** Fields that a policy may use in an action, sorted as in the schema file; `['*']` when nothing is kept from it. */
function fieldsOf(file: CollectionFile | undefined, collection: string, policy: PolicyKey, action: Action, right: Right): string[] {
	const where = `${collection}, ${policy}, ${action}`;
	const choice = { create: right.sets, read: right.sees, update: right.changes, delete: undefined }[action];
	const kept = (field: string): boolean => {
		const protection = sensitiveFields[`${collection}.${field}`];
		if (!protection) return true;
		return (action === 'read' ? protection.seen : protection.written).some((role) => role === policy);
	};
	if (isSystem(collection)) return named(choice, where).filter(kept);
	if (!file) throw new Error(`${where}: no such collection in schema-snapshots`);
	const offered = file.fields.filter((field) => action === 'read' || !isComputed(field)).map(({ field }) => field);
	const fields = chosen(offered, choice, where).filter(kept);
	return action === 'read' && fields.length === offered.length ? ['*'] : fields;
}

/** The permissions that a right stands for, one for each action that it allows. */
function permissionsOf(file: CollectionFile | undefined, collection: string, policy: PolicyKey, right: Right): Permission[] {
	return actions.flatMap((action): Permission[] => {
		const rule = right[action];
		if (!rule) return [];
		const base = { policy: policyIds[policy], collection, action, presets: null };
		if (action === 'delete') return [{ ...base, permissions: orNull(rule), validation: null, fields: null }];
		const fields = fieldsOf(file, collection, policy, action, right);
		if (action === 'create') return [{ ...base, permissions: null, validation: orNull(rule), presets: right.given ?? null, fields }];
		return [{ ...base, permissions: orNull(rule), validation: action === 'update' ? orNull(right.keeps) : null, fields }];
	});
}

/** Every permission of the declaration, in the order of its tables. Throws where it names what does not exist. */
export function compileRights(rights: Rights, files: readonly CollectionFile[]): Permission[] {
	const byName = new Map(files.map((file) => [file.collection, file]));
	return Object.entries(rights).flatMap(([collection, table]) => {
		const file = byName.get(collection);
		const roles = (Object.keys(table) as (keyof CollectionRights)[]).filter((role): role is LimitedRole => role !== 'staff' && role !== 'self');
		return [
			...roles.flatMap((role) => permissionsOf(file, collection, role, effective(table, role))),
			...permissionsOf(file, collection, 'self', table.self ?? {}),
		];
	});
}
