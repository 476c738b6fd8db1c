/**
 * npm run bench:documents [-- --only ocr,raster,server,accuracy] [-- --rounds 5] [-- --seconds 4] [-- --files 100] [-- --json] [-- --forget]:
 * what reading documents costs and how right it is, on ../shared/data/e-invoices (SHARED_DIR) and on generated papers. Speed is ratios
 * of turns in one run. Each result is printed and added to bench/history.jsonl.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { endReading } from '../../extensions/orchestre/src/documents/reading/index.ts';
import { root } from '../../scripts/support/environment.mjs';
import { load, machine, print, remember, type Table } from '../support/report.ts';
import { ocr } from './speed/ocr.ts';
import { raster } from './speed/raster.ts';
import { server } from './speed/server.ts';

/** `rounds` of each comparison, `seconds` of each burst of requests, `files` read in a row. */
export type Options = { rounds: number; seconds: number; files: number };

type Benchmark = (options: Options) => Promise<Table[]>;

/** How right it is: bench/documents/accuracy/index.ts, `export const accuracy: (options: Options) => Promise<Table[]>`. */
async function accuracy(options: Options): Promise<Table[]> {
	const module = new URL('accuracy/index.ts', import.meta.url);
	if (!existsSync(module)) {
		console.error('accuracy: skipped, bench/documents/accuracy/index.ts is not there.');
		return [];
	}
	const { accuracy: measure } = (await import(module.href)) as { accuracy: Benchmark };
	return measure(options);
}

const benchmarks: Record<string, Benchmark> = { ocr, raster, server, accuracy };

const { values } = parseArgs({
	options: {
		only: { type: 'string', default: Object.keys(benchmarks).join(',') },
		rounds: { type: 'string', default: '5' },
		seconds: { type: 'string', default: '4' },
		files: { type: 'string', default: '100' },
		json: { type: 'boolean', default: false },
		forget: { type: 'boolean', default: false },
	},
});

const numberOf = (name: 'rounds' | 'seconds' | 'files'): number => {
	const number = Number(values[name]);
	if (!(number > 0)) throw new Error(`--${name} is a number above 0, not ${values[name]}.`);
	return number;
};

async function run(): Promise<void> {
	process.chdir(root);
	const options: Options = { rounds: numberOf('rounds'), seconds: numberOf('seconds'), files: numberOf('files') };
	const results: Record<string, unknown>[] = [];
	for (const name of values.only.split(',')) {
		const benchmark = benchmarks[name];
		if (!benchmark) throw new Error(`--only: ${name} is none of ${Object.keys(benchmarks).join(', ')}.`);
		const before = load();
		const started = performance.now();
		for (const table of await benchmark(options)) {
			const result = { ...machine(), load: before, ...options, took: (performance.now() - started) / 1000, ...table };
			results.push(result);
			if (!values.forget) remember(result);
			if (!values.json) print('documents', table);
		}
	}
	if (values.json) console.log(JSON.stringify(results, null, '\t'));
}

try {
	await run();
	endReading();
	process.exit(0);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
