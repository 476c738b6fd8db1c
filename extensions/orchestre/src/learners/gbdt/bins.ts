import { codeCount, type Encoding, type Matrix } from '../encoding.ts';

/**
 * A matrix in bins, one byte a value. A number falls into the bin of the first edge that is not below it; the bin after the last
 * is for missing ones. A category's bin is its code.
 */
export type Binned = { bins: Uint8Array[]; edges: Float64Array[]; counts: number[]; rows: number };

/** Edges between bins: midpoints between neighbouring values; with more values than bins, where equal parts of the rows end. */
function edgesOf(column: Float64Array, most: number): Float64Array {
	const sorted = column.filter((value) => !Number.isNaN(value)).sort();
	const edges: number[] = [];
	const distinct = sorted.reduce((count, value, index) => count + (index === 0 || value !== sorted[index - 1] ? 1 : 0), 0);
	const size = distinct <= most ? 0 : sorted.length / most;
	for (let index = 1; index < sorted.length; index++) {
		const [low, high] = [sorted[index - 1] as number, sorted[index] as number];
		if (low === high || index < size * (edges.length + 1)) continue;
		const middle = low + (high - low) / 2;
		edges.push(middle < high ? middle : low);
	}
	return Float64Array.from(edges.slice(0, most - 1));
}

/** The first edge that is not below the value; their number when all are. */
export function binOf(edges: Float64Array, value: number): number {
	let low = 0;
	let high = edges.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (value <= (edges[middle] as number)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Bins of all columns; `most` bins a number, with the one for missing values. */
export function binMatrix({ fields }: Encoding, { columns, rows }: Matrix, most: number): Binned {
	const edges = fields.map(({ kind }, field) => (kind === 'category' ? new Float64Array() : edgesOf(columns[field] as Float64Array, most - 1)));
	const counts = fields.map((field, index) => (field.kind === 'category' ? codeCount(field) : (edges[index] as Float64Array).length + 2));
	const bins = fields.map(({ kind }, field) => {
		const column = columns[field] as Float64Array;
		const own = edges[field] as Float64Array;
		return Uint8Array.from(column, (value) => (kind === 'category' ? value : Number.isNaN(value) ? own.length + 1 : binOf(own, value)));
	});
	return { bins, edges, counts, rows };
}
