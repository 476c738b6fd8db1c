import type { CollectionFile } from '../../scripts/schema/file-format.ts';
import type { JsonObject } from '../../scripts/schema/snapshot.ts';
import { policyIds } from '../ids.ts';
import type { PolicyKey } from '../ids.ts';
import { isComputed, sensitiveFields } from './protected.ts';
import { relationTargets } from './relations.ts';
import type { Targets } from './relations.ts';
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

/** The declaration as one policy is compiled from it. */
type Whole = { rights: Rights; targets: Targets };

/** Whether a policy's holders read anything of a collection. What no table is about comes with Directus's app. */
function canRead({ rights }: Whole, policy: PolicyKey, collection: string): boolean {
	const table = rights[collection];
	if (!table) return isSystem(collection) && policy !== 'api';
	if (policy === 'self') return staffRoles.every((role) => effective(table, role).read);
	return policy === 'administrator' || Boolean(effective(table, policy).read);
}

/**
 * Whether a relation leads anywhere for this policy. To a collection that it does not read it would be an error box in the
 * app, so the field goes. A system that only sends does not look: it still says what a row belongs to.
 */
function leadsSomewhere(whole: Whole, policy: PolicyKey, name: string, action: Action): boolean {
	if (policy === 'api' && action !== 'read') return true;
	return (whole.targets.get(name) ?? []).every((target) => canRead(whole, policy, target));
}

/** Fields that a policy may use in an action, sorted as in the schema file; `['*']` when nothing is kept from it. */
function fieldsOf(whole: Whole, file: CollectionFile | undefined, collection: string, policy: PolicyKey, action: Action, right: Right): string[] {
	const where = `${collection}, ${policy}, ${action}`;
	const choice = { create: right.sets, read: right.sees, update: right.changes, delete: undefined }[action];
	const kept = (field: string): boolean => {
		const name = `${collection}.${field}`;
		if (!leadsSomewhere(whole, policy, name, action)) return false;
		const protection = sensitiveFields[name];
		if (!protection) return true;
		return (action === 'read' ? protection.seen : protection.written).some((role) => role === policy);
	};
	if (isSystem(collection)) return named(choice, where).filter(kept);
	if (!file) throw new Error(`${where}: no such collection in schema-snapshots`);
	const offered = file.fields.filter((field) => action === 'read' || !isComputed(field)).map(({ field }) => field);
	const fields = chosen(offered, choice, where).filter(kept);
	return action === 'read' && fields.length === offered.length ? ['*'] : fields;
}

/** The fields of the row itself that a condition compares. */
const compared = (rule: Rows): string[] =>
	Object.entries(rule).flatMap(([key, part]) => (key === '_and' || key === '_or' ? (part as Rows[]).flatMap((inner) => compared(inner)) : [key]));

/**
 * Directus holds a condition only against what is sent: a field that is left out slips past it and gets the column's
 * default. Every field of a condition on new rows is therefore given a value.
 */
function conditionOf(rule: Rows, given: JsonObject, where: string): JsonObject | null {
	const open = compared(rule).filter((field) => !(field in given));
	if (open.length > 0) throw new Error(`${where}: a new row without ${open.join(', ')} would pass the condition; say what is given`);
	return orNull(rule);
}

/** The permissions that a right stands for, one for each action that it allows. */
function permissionsOf(whole: Whole, file: CollectionFile | undefined, collection: string, policy: PolicyKey, right: Right): Permission[] {
	return actions.flatMap((action): Permission[] => {
		const rule = right[action];
		if (!rule) return [];
		const base = { policy: policyIds[policy], collection, action, presets: null };
		if (action === 'delete') return [{ ...base, permissions: orNull(rule), validation: null, fields: null }];
		const fields = fieldsOf(whole, file, collection, policy, action, right);
		if (action === 'create') {
			const validation = conditionOf(rule, right.given ?? {}, `${collection}, ${policy}, create`);
			return [{ ...base, permissions: null, validation, presets: right.given ?? null, fields }];
		}
		return [{ ...base, permissions: orNull(rule), validation: action === 'update' ? orNull(right.keeps) : null, fields }];
	});
}

/** Every permission of the declaration, in the order of its tables. Throws where it names what does not exist. */
export function compileRights(rights: Rights, files: readonly CollectionFile[]): Permission[] {
	const whole = { rights, targets: relationTargets(files) };
	const byName = new Map(files.map((file) => [file.collection, file]));
	return Object.entries(rights).flatMap(([collection, table]) => {
		const file = byName.get(collection);
		const roles = (Object.keys(table) as (keyof CollectionRights)[]).filter((role): role is LimitedRole => role !== 'staff' && role !== 'self');
		return [
			...roles.flatMap((role) => permissionsOf(whole, file, collection, role, effective(table, role))),
			...permissionsOf(whole, file, collection, 'self', table.self ?? {}),
		];
	});
}
