import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { languages, trainedData } from '../../../extensions/orchestre/src/documents/reading/packages.ts';
import { recognise } from '../../../extensions/orchestre/src/documents/reading/picture/engine.ts';
import { readPicture } from '../../../extensions/orchestre/src/documents/reading/picture/recognise.ts';
import { median } from '../../support/figures.ts';
import { inTurns } from '../../support/pair.ts';
import type { Table } from '../../support/report.ts';
import type { Options } from '../index.ts';
import { commandCpu, ownCpu, versionOf } from './cpu.ts';
import { dpi, firstPage, samples } from './samples.ts';

/**
 * CPU seconds a page at 200 dpi, French and English, against native tesseract on the same picture with the same trained data: the
 * engine alone, and all that the product does with a picture (which way it lies, its slant, the engine).
 */
export async function ocr({ rounds }: Options): Promise<Table[]> {
	const native = versionOf('tesseract', '--version');
	const folder = mkdtempSync(join(tmpdir(), 'orchestre-ocr-'));
	try {
		for (const language of languages) writeFileSync(join(folder, `${language}.traineddata`), gunzipSync(readFileSync(trainedData(language))));
		const rows: Table['rows'] = [];
		const ratios: Record<'engine' | 'product', number[]> = { engine: [], product: [] };
		for (const file of samples()) {
			const grey = await firstPage(file);
			const picture = join(folder, 'page.pgm');
			writeFileSync(picture, Buffer.concat([Buffer.from(`P5\n${grey.width} ${grey.height}\n255\n`), grey.data]));
			const engine = (): Promise<number> => ownCpu(() => recognise(grey, dpi));
			const product = (): Promise<number> => ownCpu(() => readPicture(grey, dpi));
			const options = ['-l', languages.join('+'), '--dpi', String(dpi), '--tessdata-dir', folder, '--oem', '1'];
			const theirs = async (): Promise<number> => (native ? commandCpu('tesseract', [picture, 'stdout', ...options]) : Number.NaN);
			await engine();
			const [alone, whole] = [await inTurns(rounds, engine, theirs), await inTurns(rounds, product, theirs)];
			const middle = (pairs: [number, number][], side: 0 | 1): number => median(pairs.map((pair) => pair[side]));
			const row = {
				page: basename(file).slice(0, 40),
				'native s': middle([...alone, ...whole], 1),
				'engine s': middle(alone, 0),
				'product s': middle(whole, 0),
				'engine ratio': median(alone.map(([ours, other]) => ours / other)),
				'product ratio': median(whole.map(([ours, other]) => ours / other)),
			};
			ratios.engine.push(row['engine ratio']);
			ratios.product.push(row['product ratio']);
			rows.push(row);
		}
		const all = (side: keyof typeof ratios): number => median(ratios[side]);
		rows.push({ page: 'median', 'native s': '', 'engine s': '', 'product s': '', 'engine ratio': all('engine'), 'product ratio': all('product') });
		return [
			{
				name: 'documents-ocr',
				note: `CPU a page, aim: ratio ≤ 1.3; native: ${native ?? 'tesseract is not on this machine (apt-get install tesseract-ocr)'}`,
				rows: native ? rows : withoutRatios(rows),
			},
		];
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const withoutRatios = (rows: Table['rows']): Table['rows'] =>
	rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number.isNaN(value) ? 'not measured' : value])));
