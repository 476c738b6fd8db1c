/** What a fact is. Dates are milliseconds since 1970; a category is any text; null is missing. */
export type FieldKind = 'number' | 'date' | 'category';
export type Field = { name: string; kind: FieldKind };
export type Cell = number | string | null;

/**
 * Facts, column by column. `at` is the moment, in ms, up to which each row tells facts: with it dates count as days before that
 * moment, and learners prefer what predicts the newest rows.
 */
export type Table = { fields: readonly Field[]; columns: readonly (readonly Cell[])[]; rows: number; at?: readonly number[] | undefined };

/** The table without its rows but those of `rows`, in that order. */
export function pick(table: Table, rows: ArrayLike<number>): Table {
	const index = Array.from(rows);
	const take = <T>(column: readonly T[]): T[] => index.map((row) => column[row] as T);
	return { fields: table.fields, columns: table.columns.map(take), rows: index.length, at: table.at && take(table.at) };
}

/** Why nothing can be learnt from a table, or a model not be used on it, as a French sentence. */
export class NotLearnable extends Error {
	override name = 'NotLearnable';
}
