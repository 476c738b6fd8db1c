/** A value as the demo writes it: moments and dates as ISO text, money in cents, lists and objects for json fields. */
export type Value = string | number | boolean | null | undefined | Value[] | { [key: string]: Value };

/** One row, field by field; undefined fields are left to the column's default. Junctions with a serial key have no id. */
export type Row = { [field: string]: Value };

/** The demo: rows by collection, in the order in which they can be inserted. */
export type Tables = Map<string, Row[]>;

/** ISO text of a moment, or null. */
export const moment = (date: Date | null | undefined): string | null => (date ? date.toISOString() : null);

/** The four trace fields of a row that `user` made at `created` and last changed at `updated`. */
export const traces = (
	created: Date,
	user: string | null,
	updated: Date = created,
): { date_created: string; user_created: string | null; date_updated: string | null; user_updated: string | null } => ({
	date_created: created.toISOString(),
	user_created: user,
	date_updated: updated > created ? updated.toISOString() : null,
	user_updated: updated > created ? user : null,
});
