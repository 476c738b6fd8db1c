import { expect, test } from 'vitest';
import { slantOf, type Grey } from './skew.ts';

const [width, height] = [600, 850];
const blank = (): Grey => ({ data: new Uint8Array(width * height).fill(255), width, height });

function fill({ data }: Grey, left: number, top: number, wide: number, high: number): void {
	for (let y = top; y < top + high; y++) data.fill(0, y * width + left, y * width + left + wide);
}

/** A word of so many letters, as strokes of four pixels with two between them. */
function writeWord(page: Grey, left: number, top: number, letters: number): void {
	for (let letter = 0; letter < letters; letter++) fill(page, left + letter * 6, top, 4, 8);
}

/** The same picture a quarter turn clockwise. */
function turned({ data }: Grey): Grey {
	const out = new Uint8Array(data.length);
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + (height - 1 - y)] = data[y * width + x] ?? 255;
	return { data: out, width: height, height: width };
}

/** A form as French firms print them: cells whose upright strokes end at each row, a word or two in each. */
function form(): Grey {
	const page = blank();
	for (let row = 0; row < 16; row++) {
		for (let column = 0; column < 8; column++) {
			const [left, top] = [40 + column * 65, 40 + row * 48];
			fill(page, left, top, 2, 36);
			fill(page, left + 60, top, 2, 36);
			if ((row * 5 + column * 3) % 4 !== 0)
				writeWord(page, left + 6 + ((row * 7 + column) % 5), top + 6 + ((row + column * 3) % 7) * 3, 4 + ((row + column) % 4));
		}
	}
	return page;
}

/** A ticket of one letter width: letters stand exactly under each other. */
function ticket(): Grey {
	const page = blank();
	for (let line = 0; line < 30; line++) {
		writeWord(page, 60, 60 + line * 22, 9);
		writeWord(page, 420, 60 + line * 22, 5);
	}
	return page;
}

test.each([
	['a form of cells', form()],
	['a ticket of one letter width', ticket()],
])('%s lies level as it is, and on its side after a quarter turn', (_, page) => {
	expect(slantOf(page)).toMatchObject({ degrees: 0, isSideways: false });
	expect(slantOf(turned(page))).toMatchObject({ degrees: 0, isSideways: true });
});

test('an empty page has no way to lie', () => {
	expect(slantOf(blank())).toEqual({ degrees: 0, isSideways: false, dots: 0 });
});
