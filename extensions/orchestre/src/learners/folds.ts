import type { Matrix } from './encoding.ts';

/** Places of the rows to learn from and of those to predict. */
export type Fold = { train: Uint32Array; valid: Uint32Array };

const partsOf = (part: Int8Array | Uint8Array, isIn: (own: number) => boolean): Uint32Array =>
	Uint32Array.from({ length: part.length }, (_, row) => row).filter((row) => isIn(part[row] as number));

/** Folds of equal size and like outcomes. Rows with the same facts are in the same fold, so that a copy never predicts itself. */
function stratified({ columns, rows }: Matrix, labels: Uint8Array, count: number): Fold[] {
	const fold = new Uint8Array(rows);
	const next = [0, 0];
	for (let row = 0; row < rows; row++) {
		const isCopy = row > 0 && columns.every((column) => Object.is(column[row], column[row - 1]));
		if (isCopy) fold[row] = fold[row - 1] as number;
		else {
			const label = labels[row] as number;
			fold[row] = (next[label] as number) % count;
			next[label] = (next[label] as number) + 1;
		}
	}
	return Array.from({ length: count }, (_, own) => ({ train: partsOf(fold, (part) => part !== own), valid: partsOf(fold, (part) => part === own) }));
}

/** Rolling origins: the newer half in `count` blocks, each predicted from all that is older. Rows of one moment stay together. */
function rolling(at: Float64Array, count: number): Fold[] {
	const sorted = Float64Array.from(at).sort();
	const limits = Array.from(
		{ length: count + 1 },
		(_, place) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (0.5 + (0.5 * place) / count)))] as number,
	);
	// Block 0 is the older half; the last block has no end.
	const block = Uint8Array.from(at, (moment) => limits.slice(0, count).filter((limit) => moment >= limit).length);
	return Array.from({ length: count }, (_, own) => ({ train: partsOf(block, (part) => part <= own), valid: partsOf(block, (part) => part === own + 1) }));
}

/**
 * Folds to choose a learner by, for rows in canonical order: rolling origins when rows have moments, else cross validation; five
 * folds, three from 10,000 rows. Folds that could not be learnt from (one outcome only) are left out.
 */
export function foldsOf(matrix: Matrix, labels: Uint8Array, at: Float64Array | null): Fold[] {
	const count = matrix.rows < 10_000 ? 5 : 3;
	const hasBoth = ({ train, valid }: Fold): boolean => {
		const positives = train.reduce((sum, row) => sum + (labels[row] as number), 0);
		return positives > 0 && positives < train.length && valid.length > 0;
	};
	const byTime = at ? rolling(at, count).filter(hasBoth) : [];
	return byTime.length > 0 ? byTime : stratified(matrix, labels, count).filter(hasBoth);
}
