import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { languages, trainedData } from '../packages.ts';
import type { Grey } from '../rules/skew.ts';

/** The part of tesseract's interface (baseapi.h, as tesseract.js-core has it) that is used. */
type Api = {
	Init: (path: null, languages: string, mode: number) => number;
	SetVariable: (name: string, value: string) => boolean;
	SetImageFile: (exif: number, radians: number) => number;
	Recognize: (monitor: null) => number;
	GetTSVText: (page?: number) => string;
	Clear: () => void;
};
type Core = { TessBaseAPI: new () => Api; FS: { writeFile: (path: string, data: Uint8Array) => void; unlink: (path: string) => void } };
type MakeCore = (options: Record<string, (text: string) => void>) => Promise<Core>;

/** Neural networks only: the data holds nothing else. */
const lstmOnly = 1;

let loaded: Promise<{ core: Core; api: Api }> | null = null;

/** The fastest build that this Node and processor take. */
function makeCore(): MakeCore {
	const require = createRequire(import.meta.url);
	// `i32x4.relaxed_trunc_f32x4_s` in the smallest module that has it.
	const relaxed = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 11, 1, 9, 0, 65, 0, 253, 15, 253, 129, 2, 11);
	const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: { validate: (bytes: Uint8Array) => boolean } };
	return (wasm.validate(relaxed) ? require('tesseract.js-core/tesseract-core-relaxedsimd-lstm') : require('tesseract.js-core/tesseract-core-lstm')) as MakeCore;
}

async function load(): Promise<{ core: Core; api: Api }> {
	const silent = (): void => undefined;
	const core = await makeCore()({ TesseractProgress: silent, print: silent, printErr: silent });
	for (const language of languages) core.FS.writeFile(`${language}.traineddata`, gunzipSync(readFileSync(trainedData(language))));
	const api = new core.TessBaseAPI();
	if (api.Init(null, languages.join('+'), lstmOnly) !== 0) throw new Error('tesseract does not start');
	return { core, api };
}

/** How the page is cut up: by itself, or as one block of lines (receipts, a photo of a label). */
export type Layout = 'auto' | 'block';
const modes: Record<Layout, string> = { auto: '3', block: '6' };

/** What tesseract reads on a grey picture: its table of words (TSV). One at a time. */
export async function recognise({ data, width, height }: Grey, dpi: number, layout: Layout = 'auto'): Promise<string> {
	loaded ??= load();
	const { core, api } = await loaded;
	const header = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
	core.FS.writeFile('/input', Buffer.concat([header, data]));
	try {
		api.SetVariable('tessedit_pageseg_mode', modes[layout]);
		api.SetVariable('user_defined_dpi', String(Math.round(dpi)));
		if (api.SetImageFile(1, 0) === 1) throw new Error('tesseract does not take the picture');
		if (api.Recognize(null) !== 0) throw new Error('tesseract does not read the picture');
		return api.GetTSVText(0);
	} finally {
		api.Clear();
		core.FS.unlink('/input');
	}
}
