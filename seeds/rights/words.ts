import type { JsonObject } from '../../scripts/schema/snapshot.ts';
import type { RoleKey } from '../ids.ts';

/**
 * The words in which rights are declared (the other files of this folder). A right says which rows (`read`, `update`,
 * `delete`), what a new row must be like (`create`), and which fields (`sees`, `sets`, `changes`). What is not said is
 * not allowed. Rules compare columns of the row, or of the one row it belongs to: Directus cuts off a rule that looks
 * through a list after 100 entries.
 */
export type Rows = JsonObject;

/** A choice among the fields of a collection; `may` is false for the listed ones being the exception. */
export type Fields = { only: readonly string[] } | { allBut: readonly string[] };

export type Right = {
	/** Rows that may be read, changed, deleted. */
	read?: Rows;
	update?: Rows;
	delete?: Rows;
	/** Rows may be created, if they meet this. */
	create?: Rows;
	/** What a row must still meet after a change. */
	keeps?: Rows;
	/** Values that a new row gets where the caller says nothing. */
	given?: JsonObject;
	/** Fields that are seen; set on a new row; changed on an existing one. Without a word: all that are not protected. */
	sees?: Fields;
	sets?: Fields;
	changes?: Fields;
};

/** Roles with rights of their own; the administrator may do everything. */
export type LimitedRole = Exclude<RoleKey, 'administrator'>;
export type StaffRole = Exclude<LimitedRole, 'reseller' | 'api'>;
export const staffRoles = ['direction', 'manager', 'commercial', 'finance', 'success', 'operations'] as const satisfies readonly StaffRole[];

export const none = 'none';
export const likeStaff = 'like staff';

/**
 * Rights on one collection: every limited role has its line. `staff` is what the six internal roles have in common: it
 * holds for a role that is `likeStaff`, and word by word where the role's own line says nothing else. `self` comes on
 * top for the whole staff: what they do with a row that is their own.
 */
export type CollectionRights = Record<StaffRole, Right | typeof none | typeof likeStaff> &
	Record<'reseller' | 'api', Right | typeof none> & { staff?: Right; self?: Pick<Right, 'read' | 'update' | 'delete' | 'sees' | 'changes'> };
export type Rights = Record<string, CollectionRights>;

const me = '$CURRENT_USER';

/** All rows; as a condition: nothing is asked. */
export const everything: Rows = {};
export const anything = everything;

export const only = (...fields: string[]): Fields => ({ only: fields });
export const allBut = (...fields: string[]): Fields => ({ allBut: fields });

/** The row is mine: the field names me. */
export const mine = (field = 'owner'): Rows => ({ [field]: { _eq: me } });
export const createdByMe = mine('user_created');

/**
 * The row's field is the same as mine. Said twice: for a person without a team Directus would turn "equal to nothing"
 * into "empty", and show every row that has none.
 */
export const sameAsMine = (field: string, ofMe = field): Rows => ({ _and: [{ [field]: { _nnull: true } }, { [field]: { _eq: `${me}.${ofMe}` } }] });
export const ofMyTeam = sameAsMine('team');

/** Nobody has it, and it is my team's. */
export const freeInMyTeam: Rows = { _and: [{ owner: { _null: true } }, ofMyTeam] };

export const is = (field: string, ...values: (string | boolean)[]): Rows => ({ [field]: values.length === 1 ? { _eq: values[0] ?? null } : { _in: values } });
/** The field has a value. */
export const filled = (field: string): Rows => ({ [field]: { _nnull: true } });
export const either = (...rules: Rows[]): Rows => ({ _or: rules });
export const both = (...rules: Rows[]): Rows => ({ _and: rules });

/** The rule holds for the one row that `field` points to ("a line belongs to its quote"). */
export const where = (field: string, rule: Rows): Rows =>
	Object.fromEntries(
		Object.entries(rule).map(([key, value]) =>
			key === '_and' || key === '_or' ? [key, (value as Rows[]).map((part) => where(field, part))] : [field, { [key]: value }],
		),
	);
