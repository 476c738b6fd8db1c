import { encode, fitEncoding } from './encoding.ts';
import { canonicalOrder } from './hash.ts';
import { pick, type Table } from './table.ts';

/** Rows that are learnt from at most. */
export const mostRows = 50_000;

/**
 * At most so many rows: the newest when rows have moments, else a part of each outcome that stays in proportion, chosen by what rows
 * hold and not by where they stand. Smaller tables come back as they are.
 */
export function limitRows(table: Table, labels: Uint8Array, most = mostRows): { table: Table; labels: Uint8Array } {
	if (table.rows <= most) return { table, labels };
	const { columns } = encode(fitEncoding(table, labels), table);
	const order = canonicalOrder(columns, table.rows, [labels, ...(table.at ? [table.at] : [])]);
	const { at } = table;
	const positives = Math.round((labels.reduce((sum, label) => sum + label, 0) / table.rows) * most);
	const shares = [most - positives, positives];
	const kept = at
		? order.sort((one, two) => (at[two] as number) - (at[one] as number)).slice(0, most)
		: order.filter((row) => {
				const label = labels[row] as number;
				shares[label] = (shares[label] as number) - 1;
				return (shares[label] as number) >= 0;
			});
	return { table: pick(table, kept), labels: Uint8Array.from(kept, (row) => labels[row] as number) };
}

/**
 * The newest fifth to test on and what is older to learn from, with a gap between: rows of the `gapMs` before the test are in neither,
 * because their outcome was not known when the test begins. Without moments, or when all rows have the same, null.
 */
export function splitByTime({ at, rows }: Table, { share = 0.2, gapMs = 0 } = {}): { train: number[]; test: number[] } | null {
	if (!at) return null;
	const sorted = Float64Array.from(at).sort();
	const start = sorted[Math.floor(rows * (1 - share))];
	if (start === undefined || start === sorted[0]) return null;
	const all = Array.from({ length: rows }, (_, row) => row);
	return { train: all.filter((row) => (at[row] as number) < start - gapMs), test: all.filter((row) => (at[row] as number) >= start) };
}
