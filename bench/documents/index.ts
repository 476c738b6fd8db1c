/**
 * npm run bench:documents [-- --only ocr,raster,server,search,accuracy] [-- --rounds 5] [-- --seconds 4] [-- --files 100] [-- --misses] [-- --cache FOLDER] [-- --json] [-- --forget]:
 * what reading documents costs and how right it is, on ../shared/data/e-invoices (SHARED_DIR) and on generated papers. Speed is ratios
 * of turns in one run. Each result is printed and added to bench/history.jsonl.
 */
import { parseArgs } from 'node:util';
import { endReading } from '../../extensions/orchestre/src/documents/reading/index.ts';
import { root } from '../../scripts/support/environment.mjs';
import { search } from '../search.ts';
import { sqlitePlace } from '../support/place.ts';
import { load, machine, print, remember, type Table } from '../support/report.ts';
import { accuracy } from './accuracy/index.ts';
import { ocr } from './speed/ocr.ts';
import { raster } from './speed/raster.ts';
import { server } from './speed/server.ts';

/** `rounds` of each comparison, `seconds` of each burst of requests, `files` read in a row. */
export type Options = { rounds: number; seconds: number; files: number };

type Benchmark = (options: Options) => Promise<Table[]>;

/** The list's search on SQLite; `npm run bench -- --only search` has PostgreSQL's, too. */
async function searchOnSqlite(options: Options): Promise<Table[]> {
	const place = sqlitePlace();
	try {
		const { name, note, rows } = await search(place, options);
		return [{ name, note: `SQLite: ${note}`, rows }];
	} finally {
		await place.stop();
	}
}

const speed: Record<string, Benchmark> = { ocr, raster, server, search: searchOnSqlite };
const all = [...Object.keys(speed), 'accuracy'];

const { values } = parseArgs({
	options: {
		only: { type: 'string', default: all.join(',') },
		rounds: { type: 'string', default: '5' },
		seconds: { type: 'string', default: '4' },
		files: { type: 'string', default: '100' },
		json: { type: 'boolean', default: false },
		misses: { type: 'boolean', default: false },
		cache: { type: 'string' },
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
		if (!all.includes(name)) throw new Error(`--only: ${name} is none of ${all.join(', ')}.`);
		const before = load();
		const started = performance.now();
		const keep = (result: Record<string, unknown>): void => {
			const entry = { ...machine(), load: before, ...options, took: (performance.now() - started) / 1000, ...result };
			results.push(entry);
			if (!values.forget) remember(entry);
		};
		for (const table of (await speed[name]?.(options)) ?? []) {
			keep(table);
			if (!values.json) print('documents', table);
		}
		if (name === 'accuracy') {
			const { lines, missed, precision } = await accuracy({ misses: values.misses, ...(values.cache ? { cache: values.cache } : {}) });
			keep({ name: 'documents-accuracy', note: 'bars of intelligence.md; `missed` names those not reached', precision, missed, lines });
			if (!values.json) console.log(`\n${lines.join('\n')}\n${missed.length > 0 ? `\nNot reached: ${missed.join('; ')}` : ''}`);
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
