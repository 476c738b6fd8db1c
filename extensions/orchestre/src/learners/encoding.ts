import { addToHash, newHashes } from './hash.ts';
import { NotLearnable, type Cell, type Field, type FieldKind, type Table } from './table.ts';

/** How one field becomes numbers. A category's code is the place of its level; then come the codes "another level" and "missing". */
export type EncodedField = { name: string; kind: FieldKind; levels: string[] };
export type Encoding = { fields: EncodedField[]; isRelative: boolean };

/** One column of numbers a field: a number or NaN for missing, or the code of a category's level. */
export type Matrix = { columns: Float64Array[]; rows: number };

const dayMs = 86_400_000;
const mostLevels = 40;
const mostColumns = 600;

export const otherCode = ({ levels }: EncodedField): number => levels.length;
export const missingCode = ({ levels }: EncodedField): number => levels.length + 1;
/** How many different codes a category has. */
export const codeCount = ({ levels }: EncodedField): number => levels.length + 2;

/** Rows that a level needs to stand by itself: 15, fewer in small tables. */
const leastRows = (rows: number): number => Math.min(15, Math.max(5, Math.round(rows / 100)));

const textOf = (cell: Cell | undefined): string | null => {
	if (cell === null || cell === undefined) return null;
	const text = String(cell).trim();
	return text === '' ? null : text;
};

const numberOf = (cell: Cell | undefined): number => {
	const value = typeof cell === 'number' ? cell : cell === null || cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell);
	return Number.isFinite(value) ? value + 0 : Number.NaN;
};

function columnOf(table: Table, name: string, kind: FieldKind): readonly Cell[] {
	const index = table.fields.findIndex((field) => field.name === name);
	const column = table.columns[index];
	if (!column || table.fields[index]?.kind !== kind) throw new NotLearnable(`Le modèle attend la colonne « ${name} » sous un autre type, ou elle manque.`);
	return column;
}

/** Days before the row's own moment when rows have one, else days since 1970. */
function dateOf(cell: Cell | undefined, at: number | undefined): number {
	const value = numberOf(cell);
	return at === undefined ? value / dayMs : (at - value) / dayMs;
}

function countLevels(column: readonly Cell[], rows: number): Map<string, number> {
	const counts = new Map<string, number>();
	for (let row = 0; row < rows; row++) {
		const text = textOf(column[row]);
		if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return counts;
}

/**
 * The encoding of a table to learn from. Fields stand in the order of their names. The codes of levels come from what rows of a
 * level hold, never from what it is called: most frequent first, equals by the sum over their rows of a hash of numbers, dates,
 * label and frequencies of levels. So renamed levels and rows in another order give the same codes. (Only levels that are alike in
 * all of that are ordered by name.) Levels of too few rows share one code, which unseen levels get as well.
 */
export function fitEncoding(table: Table, labels: ArrayLike<number>): Encoding {
	const { rows, at } = table;
	const fields = [...table.fields].sort((one, two) => (one.name < two.name ? -1 : 1));
	const categories = fields.filter(({ kind }) => kind === 'category');
	const counts = new Map(categories.map(({ name, kind }) => [name, countLevels(columnOf(table, name, kind), rows)]));
	const hashes = newHashes(rows);
	for (let row = 0; row < rows; row++) addToHash(hashes, row, labels[row] as number);
	for (const { name, kind } of fields) {
		const column = columnOf(table, name, kind);
		const frequencies = counts.get(name);
		for (let row = 0; row < rows; row++) {
			const text = frequencies ? textOf(column[row]) : null;
			const value = frequencies
				? text === null
					? -1
					: (frequencies.get(text) as number)
				: kind === 'date'
					? dateOf(column[row], at?.[row])
					: numberOf(column[row]);
			addToHash(hashes, row, value);
		}
	}
	const least = leastRows(rows);
	const most = Math.min(mostLevels, Math.max(8, Math.floor(mostColumns / Math.max(1, categories.length))));
	const levelsOf = ({ name, kind }: Field): string[] => {
		if (kind !== 'category') return [];
		const signatures = new Map<string, number>();
		const column = columnOf(table, name, kind);
		for (let row = 0; row < rows; row++) {
			const text = textOf(column[row]);
			// Whole numbers below 2^53: their sum is the same in any order.
			if (text !== null) signatures.set(text, (signatures.get(text) ?? 0) + (hashes.one[row] as number));
		}
		const frequencies = counts.get(name) ?? new Map<string, number>();
		const frequent = [...frequencies].filter(([, count]) => count >= least);
		frequent.sort(([a, countA], [b, countB]) => countB - countA || (signatures.get(a) as number) - (signatures.get(b) as number) || (a < b ? -1 : 1));
		return frequent.slice(0, most).map(([text]) => text);
	};
	return { fields: fields.map((field) => ({ name: field.name, kind: field.kind, levels: levelsOf(field) })), isRelative: at !== undefined };
}

/** The table as numbers. Throws `NotLearnable` when a field is missing, of another kind, or rows have no moment and need one. */
export function encode({ fields, isRelative }: Encoding, table: Table): Matrix {
	const { rows } = table;
	if (isRelative && !table.at && fields.some(({ kind }) => kind === 'date'))
		throw new NotLearnable('Le modèle compte les dates à rebours : il faut le moment de chaque ligne.');
	const columns = fields.map((field) => {
		const source = columnOf(table, field.name, field.kind);
		if (field.kind === 'number') return Float64Array.from({ length: rows }, (_, row) => numberOf(source[row]));
		if (field.kind === 'date') return Float64Array.from({ length: rows }, (_, row) => dateOf(source[row], isRelative ? table.at?.[row] : undefined));
		const codes = new Map(field.levels.map((level, code) => [level, code]));
		return Float64Array.from({ length: rows }, (_, row) => {
			const text = textOf(source[row]);
			return text === null ? missingCode(field) : (codes.get(text) ?? otherCode(field));
		});
	});
	return { columns, rows };
}

/** The matrix without its rows but those of `rows`, in that order. */
export function pickRows({ columns }: Matrix, rows: ArrayLike<number>): Matrix {
	return { columns: columns.map((column) => Float64Array.from(rows, (row) => column[row] as number)), rows: rows.length };
}
