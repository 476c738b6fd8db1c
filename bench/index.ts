/**
 * npm run bench [-- --database sqlite|pg] [-- --only lead-path,lists,import,memory,drain,duplicates,predictions,nightly,onboarding,panels,usage,app,kpis,search] [-- --compare REV]
 * [-- --rounds 5] [-- --seconds 2] [-- --times 100] [-- --rows 10000] [-- --samples 20] [-- --json] [-- --forget]
 * [-- --keep FILE] (kpis and panels: one filled database for both, and for the next time): what the
 * product costs against Directus alone, as ratios of turns in one run, on SQLite and on PostgreSQL with Redis. Each result is
 * printed and added to bench/history.jsonl.
 */
import { parseArgs } from 'node:util';
import { hasEngine } from '../scripts/support/engine.mjs';
import { root } from '../scripts/support/environment.mjs';
import { compare } from './compare.ts';
import { drain } from './drain.ts';
import { duplicates } from './duplicates.ts';
import { importRate } from './import.ts';
import { kpis } from './kpis.ts';
import { leadPath } from './lead-path.ts';
import { app, lists } from './lists.ts';
import { memory } from './memory.ts';
import { nightly } from './nightly.ts';
import { onboarding } from './onboarding.ts';
import { panels } from './panels.ts';
import { predictions } from './predictions.ts';
import { search } from './search.ts';
import { usage } from './usage.ts';
import { postgresPlace, sqlitePlace, type Place } from './support/place.ts';
import { load, machine, print, remember, type Options, type Table } from './support/report.ts';

const benchmarks: Record<string, (place: Place, options: Options) => Promise<Table>> = {
	'lead-path': leadPath,
	lists,
	import: importRate,
	memory,
	drain,
	duplicates,
	predictions,
	nightly,
	onboarding,
	panels,
	usage,
	app,
	kpis,
	search,
};

const { values } = parseArgs({
	options: {
		database: { type: 'string', default: 'sqlite,pg' },
		only: { type: 'string', default: 'lead-path,lists,import,memory,drain,duplicates,predictions,onboarding,usage' },
		compare: { type: 'string' },
		rounds: { type: 'string', default: '5' },
		seconds: { type: 'string', default: '2' },
		times: { type: 'string', default: '100' },
		rows: { type: 'string', default: '10000' },
		samples: { type: 'string', default: '20' },
		keep: { type: 'string' },
		json: { type: 'boolean', default: false },
		forget: { type: 'boolean', default: false },
	},
});

const places: Record<string, () => Place | Promise<Place>> = { sqlite: sqlitePlace, pg: postgresPlace };

function chosen<T>(names: string, all: Record<string, T>, option: string): [string, T][] {
	return names.split(',').map((name) => {
		const one = all[name];
		if (!one) throw new Error(`--${option}: ${name} is none of ${Object.keys(all).join(', ')}.`);
		return [name, one];
	});
}

const numberOf = (name: 'rounds' | 'seconds' | 'times' | 'rows' | 'samples'): number => {
	const number = Number(values[name]);
	if (!(number > 0)) throw new Error(`--${name} is a number above 0, not ${values[name]}.`);
	return number;
};

let current: Place | null = null;

/** Ctrl-C leaves neither a server nor a container nor a folder behind. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void Promise.resolve(current?.stop()).finally(() => process.exit(130)));

async function run(): Promise<void> {
	process.chdir(root);
	const options: Options = {
		rounds: numberOf('rounds'),
		seconds: numberOf('seconds'),
		times: numberOf('times'),
		rows: numberOf('rows'),
		samples: numberOf('samples'),
		...(values.keep !== undefined && { keep: values.keep }),
	};
	const revision = values.compare;
	const wanted: typeof benchmarks = revision
		? { compare: (place, settings) => compare(place, settings, revision) }
		: Object.fromEntries(chosen(values.only, benchmarks, 'only'));
	const results: Record<string, unknown>[] = [];
	for (const [database, open] of chosen(values.database, places, 'database')) {
		if (database === 'pg' && !hasEngine()) {
			console.error('PostgreSQL and Redis: skipped, no Docker engine answers on this machine.');
			continue;
		}
		for (const work of Object.values(wanted)) {
			// A place of its own for each: what one leaves behind does not slow down the next.
			const place = await open();
			current = place;
			const before = load();
			const started = performance.now();
			try {
				const table = await work(place, options);
				const result = { ...machine(), load: before, database, ...options, took: (performance.now() - started) / 1000, ...table };
				results.push(result);
				if (!values.forget) remember(result);
				if (!values.json) print(database, table);
			} finally {
				if (values.keep === undefined) await place.stop();
			}
		}
	}
	if (values.json) console.log(JSON.stringify(results, null, '\t'));
}

try {
	await run();
	process.exit(0);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
