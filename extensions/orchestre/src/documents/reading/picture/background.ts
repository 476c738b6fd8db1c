import type { Grey } from '../rules/skew.ts';
import { reduced } from './upright.ts';

/** Side of the squares whose paper is judged, in pixels of the reduced picture. */
const square = 12;
/** Paper lighter than this everywhere needs no help: a scan is left as it is. */
const white = 225;

type Paper = { shades: Uint8Array; columns: number; rows: number };

/** The shade of the paper in each square: its ninth decile, so that ink does not count; then the median of the neighbours. */
function paperOf({ data, width, height }: Grey): Paper {
	const [columns, rows] = [Math.ceil(width / square), Math.ceil(height / square)];
	const shades = new Uint8Array(columns * rows);
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const values: number[] = [];
			for (let y = row * square; y < Math.min(height, (row + 1) * square); y++)
				for (let x = column * square; x < Math.min(width, (column + 1) * square); x++) values.push(data[y * width + x] ?? 255);
			values.sort((one, other) => one - other);
			shades[row * columns + column] = values[Math.floor(values.length * 0.9)] ?? 255;
		}
	}
	return { shades: smoothed(shades, columns, rows), columns, rows };
}

function smoothed(shades: Uint8Array, columns: number, rows: number): Uint8Array {
	const out = new Uint8Array(shades.length);
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const near: number[] = [];
			for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
				for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) near.push(shades[y * columns + x] ?? 255);
			near.sort((one, other) => one - other);
			out[row * columns + column] = near[Math.floor(near.length / 2)] ?? 255;
		}
	}
	return out;
}

/** The shade between squares. */
function shadeAt({ shades, columns, rows }: Paper, x: number, y: number): number {
	const [left, top] = [Math.min(columns - 1, Math.max(0, Math.floor(x))), Math.min(rows - 1, Math.max(0, Math.floor(y)))];
	const [right, bottom] = [Math.min(columns - 1, left + 1), Math.min(rows - 1, top + 1)];
	const [u, v] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - top))];
	const at = (row: number, column: number): number => shades[row * columns + column] ?? 255;
	return (at(top, left) * (1 - u) + at(top, right) * u) * (1 - v) + (at(bottom, left) * (1 - u) + at(bottom, right) * u) * v;
}

/**
 * A photo as a scan would show it: each pixel over the shade of the paper around it, so that shadows and tinted light go and faint
 * print gets dark. A picture whose paper is white everywhere comes back as it is.
 */
export async function whitened(grey: Grey): Promise<Grey> {
	const small = await reduced(grey, 900);
	const paper = paperOf(small);
	const sorted = paper.shades.toSorted();
	if ((sorted[Math.floor(sorted.length * 0.05)] ?? 255) >= white) return grey;
	const { data, width, height } = grey;
	const out = new Uint8Array(data.length);
	const factor = small.width / width / square;
	for (let y = 0; y < height; y++) {
		let shade = 255;
		for (let x = 0; x < width; x++) {
			// Paper changes slowly: one look for every four pixels.
			if ((x & 3) === 0) shade = Math.max(40, shadeAt(paper, (x + 0.5) * factor - 0.5, (y + 0.5) * factor - 0.5));
			const value = ((data[y * width + x] ?? 255) * 255) / shade;
			// What is nearly paper is paper; ink gets a little darker.
			out[y * width + x] = value >= 235 ? 255 : Math.max(0, Math.round(((value - 30) * 235) / 205));
		}
	}
	return { data: out, width, height };
}
