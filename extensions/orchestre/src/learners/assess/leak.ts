import { codeCount, type Encoding, type Matrix } from '../encoding.ts';
import { binMatrix } from '../gbdt/bins.ts';
import { aucOf } from './metrics.ts';

export type Suspect = { name: string; auc: number };
export const leakAuc = 0.95;

/**
 * What each field alone says about the outcome, as AUC: its bins or levels (missing ones too) scored by the share of positives among
 * the other half of the rows. That finds fields that are filled after the outcome, whatever their shape.
 */
export function aucByField(encoding: Encoding, matrix: Matrix, labels: Uint8Array): Suspect[] {
	const { bins, counts } = binMatrix(encoding, matrix, 64);
	const overall = labels.reduce((sum, label) => sum + label, 0) / labels.length;
	return encoding.fields.map((field, index) => {
		const size = field.kind === 'category' ? codeCount(field) : (counts[index] as number);
		const own = bins[index] as Uint8Array;
		const rows = new Float64Array(2 * size);
		const positives = new Float64Array(2 * size);
		own.forEach((bin, row) => {
			const cell = 2 * bin + (row & 1);
			rows[cell] = (rows[cell] as number) + 1;
			positives[cell] = (positives[cell] as number) + (labels[row] as number);
		});
		const scores = Float64Array.from(own, (bin, row) => {
			const cell = 2 * bin + (1 - (row & 1));
			return ((positives[cell] as number) + overall) / ((rows[cell] as number) + 1);
		});
		return { name: field.name, auc: aucOf(scores, labels) };
	});
}

/** Fields that say too much to be facts from before the outcome. */
export const suspectsOf = (found: readonly Suspect[]): Suspect[] => found.filter(({ auc }) => auc > leakAuc).sort((one, two) => two.auc - one.auc);
