import { expect, it } from 'vitest';
import { drawMinus } from './minus.ts';
import { printable } from './page.ts';

const dash = '96';
/** The lines of a paragraph so many points wide, as hexadecimal codes of the font's letters. */
async function linesOf(text: string, width: number, prepare: (paper: PDFKit.PDFDocument) => void): Promise<string[]> {
	const { default: PDFDocument } = await import('pdfkit');
	const paper = new PDFDocument({ compress: false });
	const parts: Buffer[] = [];
	paper.on('data', (part: Buffer) => parts.push(part));
	const ended = new Promise((resolve) => paper.on('end', resolve));
	prepare(paper);
	paper.font('Helvetica').fontSize(10).text(printable(text), 20, 20, { width });
	paper.end();
	await ended;
	const drawn = Buffer.concat(parts).toString('latin1');
	return [...drawn.matchAll(/\[(.*?)\] TJ/g)].map(([, line = '']) => [...line.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => hex).join(''));
}

it('a minus is drawn, and stays with its number wherever a line ends', async () => {
	const text = 'CA signé contre −12 000 € (Commerce Nord −3 500 €, Commerce Sud −1 200 €), soit −20 % et −1,5 point';
	const endsTorn = (lines: readonly string[]): boolean => lines.some((line) => line.endsWith(dash));
	let torn = 0;
	for (let width = 60; width < 300; width += 7) {
		const lines = await linesOf(text, width, (paper) => drawMinus(paper as unknown as Parameters<typeof drawMinus>[0]));
		expect([width, endsTorn(lines)]).toEqual([width, false]);
		expect(lines.flatMap((line) => line.match(/../g) ?? []).filter((letter) => letter === dash)).toHaveLength(5);
		if (endsTorn(await linesOf(text.replaceAll('−', '\u2013'), width, () => {}))) torn++;
	}
	// With the dash in the text itself lines do tear it off.
	expect(torn).toBeGreaterThan(0);
});
