/** A grey picture, one byte a pixel, row by row; 0 is black. */
export type Grey = { data: Uint8Array; width: number; height: number };

type Dots = { x: Float64Array; y: Float64Array; width: number; height: number };

/** By how much a picture is turned at most to straighten its lines, in degrees. */
const most = 15;

/**
 * Its dark dots, without strokes that are longer than letters: frames and rules of tables run both ways and would drown the writing, those
 * of a table's cells too, which end at each row. Dark is what is well under the mean of its surroundings.
 */
function dotsOf({ data, width, height }: Grey): Dots {
	const isDark = darkness({ data, width, height });
	const longest = Math.max(12, Math.round(Math.max(width, height) / 45));
	eraseRuns(isDark, width, height, longest);
	const x: number[] = [];
	const y: number[] = [];
	for (let row = 1; row < height - 1; row++) {
		for (let column = 1; column < width - 1; column++) {
			if (!isDark[row * width + column]) continue;
			x.push(column - width / 2);
			y.push(row - height / 2);
		}
	}
	return { x: Float64Array.from(x), y: Float64Array.from(y), width, height };
}

function darkness({ data, width, height }: Grey): Uint8Array {
	const isDark = new Uint8Array(width * height);
	const sums = new Float64Array((width + 1) * (height + 1));
	for (let row = 0; row < height; row++) {
		let sum = 0;
		for (let column = 0; column < width; column++) {
			sum += data[row * width + column] ?? 255;
			sums[(row + 1) * (width + 1) + column + 1] = (sums[row * (width + 1) + column + 1] ?? 0) + sum;
		}
	}
	const reach = Math.max(8, Math.round(width / 40));
	for (let row = 0; row < height; row++) {
		const [top, bottom] = [Math.max(0, row - reach), Math.min(height, row + reach + 1)];
		for (let column = 0; column < width; column++) {
			const [left, right] = [Math.max(0, column - reach), Math.min(width, column + reach + 1)];
			const at = (r: number, c: number): number => sums[r * (width + 1) + c] ?? 0;
			const mean = (at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)) / ((bottom - top) * (right - left));
			if ((data[row * width + column] ?? 255) < mean * 0.8 - 4) isDark[row * width + column] = 1;
		}
	}
	return isDark;
}

function eraseRuns(isDark: Uint8Array, width: number, height: number, longest: number): void {
	const erase = (start: number, step: number, count: number): void => {
		let run = 0;
		for (let index = 0; index <= count; index++) {
			if (index < count && isDark[start + index * step]) {
				run++;
				continue;
			}
			if (run > longest) for (let back = 1; back <= run; back++) isDark[start + (index - back) * step] = 0;
			run = 0;
		}
	};
	for (let row = 0; row < height; row++) erase(row * width, 1, width);
	for (let column = 0; column < width; column++) erase(column, width, height);
}

/** How sharply the dots fall into rows when the picture is turned clockwise by `degrees`: lines of writing and the gaps between them. */
function sharpness({ x, y, width, height }: Dots, degrees: number): number {
	const angle = (degrees * Math.PI) / 180;
	const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
	const half = Math.ceil(Math.hypot(width, height) / 2) + 1;
	const rows = new Float64Array(2 * half + 1);
	for (let index = 0; index < x.length; index++) {
		const row = Math.round((x[index] ?? 0) * sine + (y[index] ?? 0) * cosine) + half;
		rows[row] = (rows[row] ?? 0) + 1;
	}
	let sum = 0;
	for (let row = 1; row < rows.length; row++) sum += ((rows[row] ?? 0) - (rows[row - 1] ?? 0)) ** 2;
	return sum;
}

function best(dots: Dots, around: number, reach: number, step: number): { degrees: number; value: number } {
	let found = { degrees: around, value: sharpness(dots, around) };
	for (let degrees = around - reach; degrees <= around + reach + 1e-9; degrees += step) {
		const value = sharpness(dots, degrees);
		if (value > found.value) found = { degrees, value };
	}
	return found;
}

/** Every third dot: enough to tell degrees. */
const some = ({ x, y, ...size }: Dots): Dots => ({ x: x.filter((_, index) => index % 3 === 0), y: y.filter((_, index) => index % 3 === 0), ...size });

/**
 * How long the runs of dots along one way are (mean, each weighted by its length), small gaps bridged. Letters of a word stand nearer to
 * each other than lines do, so runs along the writing are words and those across it letters. Letters that stand under each other, as on
 * tickets of one letter width and at the left edge of cards, make sharp profiles both ways, but no long runs.
 */
function runs({ x, y, width, height }: Dots, alongX: boolean): number {
	const [along, across, length, count] = alongX ? [x, y, width, height] : [y, x, height, width];
	const isDark = new Uint8Array(length * count);
	for (let index = 0; index < x.length; index++)
		isDark[Math.round((across[index] ?? 0) + count / 2) * length + Math.round((along[index] ?? 0) + length / 2)] = 1;
	const gap = Math.max(2, Math.round(Math.max(width, height) / 110));
	let [squares, sum] = [0, 0];
	for (let row = 0; row < count; row++) {
		let [start, last] = [-1, -1];
		const end = (): void => {
			if (start < 0) return;
			squares += (last - start + 1) ** 2;
			sum += last - start + 1;
		};
		for (let at = 0; at < length; at++) {
			if (!isDark[row * length + at]) continue;
			if (start < 0 || at - last > gap) {
				end();
				start = at;
			}
			last = at;
		}
		end();
	}
	return sum === 0 ? 0 : squares / sum;
}

export type Slant = {
	/** Clockwise turn in degrees that makes its lines level, within ±15. */
	degrees: number;
	/** Whether the lines run from top to bottom: then a quarter turn comes first (`degrees` counts after it, clockwise). */
	isSideways: boolean;
	/** Dots that were looked at: under a few hundred there is nothing to go by. */
	dots: number;
};

/** How the lines of writing on a (reduced) picture lie: which way words run, then projection profiles, coarse and fine. */
export function slantOf(grey: Grey): Slant {
	const level = dotsOf(grey);
	if (level.x.length < 200) return { degrees: 0, isSideways: false, dots: level.x.length };
	const isSideways = runs(level, false) > runs(level, true);
	// A quarter turn clockwise: (x, y) goes to (-y, x).
	const dots = isSideways ? { x: level.y.map((value) => -value), y: level.x, width: level.height, height: level.width } : level;
	const coarse = best(some(dots), 0, most, 1);
	const fine = best(dots, best(dots, coarse.degrees, 1, 0.2).degrees, 0.2, 0.05);
	return { degrees: Math.round(fine.degrees * 100) / 100, isSideways, dots: level.x.length };
}
