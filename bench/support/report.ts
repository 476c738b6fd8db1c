import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/support/environment.mjs';

/** What the command line sets: rounds of each comparison, seconds of each burst, how many times the demo, rows to import or insert, samples per request, where a filled database is kept. */
export type Options = { rounds: number; seconds: number; times: number; rows: number; samples: number; keep?: string };

export type Cell = string | number;
/** Figures of one benchmark: ratios have two decimals, what ends in `ms` or `MB` one. */
export type Table = { name: string; note: string; rows: Record<string, Cell>[] };

export const historyFile = join(root, 'bench', 'history.jsonl');

const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** What ran where: a figure without it says nothing. */
export function machine(): Record<string, Cell> {
	let commit = 'unknown';
	try {
		commit = `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') ? '+' : ''}`;
	} catch {
		// Not a checkout: the archive of a release.
	}
	return { date: new Date().toISOString(), commit, cores: availableParallelism(), cpu: cpus()[0]?.model ?? '', node: process.version };
}

/** The average number of processes that wanted a core in the last minute, before the benchmark added its own. */
export const load = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;

const shorten = (value: Cell): Cell =>
	typeof value !== 'number' || Number.isInteger(value) ? value : Math.abs(value) < 10 ? Number(value.toFixed(2)) : Number(value.toFixed(1));

export function print(database: string, { name, note, rows }: Table): void {
	console.log(`\n${name}, ${database}: ${note}`);
	console.table(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, shorten(value)]))));
}

/** One line of history per benchmark, so that `git log -p` and jq can follow a figure. */
export function remember(entry: Record<string, unknown>): void {
	mkdirSync(dirname(historyFile), { recursive: true });
	const round = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);
	appendFileSync(historyFile, `${JSON.stringify(entry, round)}\n`);
}
