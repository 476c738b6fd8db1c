import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { withPage, withPdf } from '../../../extensions/orchestre/src/documents/reading/pdf/document.ts';
import { drawGrey } from '../../../extensions/orchestre/src/documents/reading/pdf/draw.ts';
import { loadPdfium } from '../../../extensions/orchestre/src/documents/reading/pdf/library.ts';
import { layerOf } from '../../../extensions/orchestre/src/documents/reading/pdf/text.ts';
import { median } from '../../support/figures.ts';
import { inTurns } from '../../support/pair.ts';
import type { Table } from '../../support/report.ts';
import type { Options } from '../index.ts';
import { commandCpu, ownCpu, versionOf } from './cpu.ts';
import { dpi, samples } from './samples.ts';

/** CPU seconds to draw a first page in grey at 200 dpi, against pdftoppm; and to read its text layer with boxes, against pdftotext. */
export async function raster({ rounds }: Options): Promise<Table[]> {
	const native = versionOf('pdftoppm', '-v');
	const pdfium = await loadPdfium();
	const rows: Table['rows'] = [];
	const ratios: number[] = [];
	for (const file of samples()) {
		const bytes = readFileSync(file);
		const onPage = (work: (page: number) => unknown): Promise<unknown> =>
			withPdf<unknown>(
				pdfium,
				bytes,
				(document) => withPage(pdfium, document, 0, work),
				() => null,
			);
		const draw = (): Promise<number> => ownCpu(() => onPage((page) => drawGrey(pdfium, page, dpi)));
		const text = (): Promise<number> => ownCpu(() => onPage((page) => layerOf(pdfium, page)));
		const first = ['-f', '1', '-l', '1'];
		const theirs = async (): Promise<number> => (native ? commandCpu('pdftoppm', [...first, '-r', String(dpi), '-gray', file]) : Number.NaN);
		const theirText = async (): Promise<number> => (native ? commandCpu('pdftotext', [...first, '-bbox', file, '-']) : Number.NaN);
		await draw();
		await text();
		const [drawn, read] = [await inTurns(rounds, draw, theirs), await inTurns(rounds, text, theirText)];
		const ratio = median(drawn.map(([ours, other]) => ours / other));
		ratios.push(ratio);
		const ms = (pairs: [number, number][], side: 0 | 1): number | string =>
			native || side === 0 ? 1000 * median(pairs.map((pair) => pair[side])) : 'not measured';
		rows.push({
			page: basename(file).slice(0, 40),
			'pdftoppm ms': ms(drawn, 1),
			'drawn ms': ms(drawn, 0),
			ratio: native ? ratio : 'not measured',
			'pdftotext ms': ms(read, 1),
			'text ms': ms(read, 0),
		});
	}
	rows.push({ page: 'median', 'pdftoppm ms': '', 'drawn ms': '', ratio: native ? median(ratios) : 'not measured', 'pdftotext ms': '', 'text ms': '' });
	return [
		{
			name: 'documents-raster',
			note: `CPU a page, aim: ratio ≤ 0.7; native: ${native ?? 'pdftoppm is not on this machine (apt-get install poppler-utils)'}`,
			rows,
		},
	];
}
