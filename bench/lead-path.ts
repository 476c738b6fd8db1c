/**
 * npm run bench [-- --rounds 5] [-- --seconds 2] [-- --json]: what it costs to treat a lead (criteria, duplicates, owner, tasks,
 * history, job, trail) against Directus's plain insert of the same row, in one run. Two servers on two copies of one SQLite
 * database, one with the bundle and one without, take turns; each figure is the median of the rounds, each ratio the median of
 * the rounds' own ratios.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../scripts/support/database.ts';
import { productDefaults, root } from '../scripts/support/environment.mjs';
import { burst, type Burst } from './support/burst.ts';
import { median } from './support/figures.ts';
import { post, startServer, type Server } from '../scripts/support/server.ts';

const { values } = parseArgs({
	options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '2' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const ms = Number(values.seconds) * 1000;
const login = { email: 'bench@example.com', password: 'Banc-d-essai-2026' };

process.chdir(root);
const folder = mkdtempSync(join(tmpdir(), 'orchestre-bench-'));

const environment = (name: string, extensions: string): Record<string, string> => ({
	...productDefaults,
	CONFIG_PATH: join(root, 'scripts', 'support', 'none.env'),
	DB_FILENAME: join(folder, `${name}.db`),
	STORAGE_LOCAL_ROOT: folder,
	EXTENSIONS_PATH: extensions,
	PUBLIC_URL: 'http://127.0.0.1',
	SECRET: 'bench-secret-bench-secret-bench-secret',
	ADMIN_EMAIL: login.email,
	ADMIN_PASSWORD: login.password,
	SERVE_APP: 'false',
	PRESSURE_LIMITER_ENABLED: 'false',
	RATE_LIMITER_ENABLED: 'false',
	LOG_LEVEL: 'error',
});

let serial = 0;
function lead(): Record<string, unknown> {
	const n = ++serial;
	return {
		first_name: 'Camille',
		last_name: `Mesure ${n}`,
		email: `camille.${n}@mesure-${n}.example`,
		phone: `+33612${String(n).padStart(6, '0').slice(-6)}`,
		company_name: `Mesure ${n}`,
		industry: 'tech',
		size_band: '50-249',
		region: 'ile_de_france',
		source: 'website',
		job_title: 'Directrice',
		timing: 'quarter',
		budget_cents: 2_500_000,
		demo_requested_at: new Date().toISOString(),
		need: 'Remplacer notre outil.',
	};
}

type Line = { what: string; clients: number; plain: Burst; treated: Burst; ratio: number; p50Ratio: number };

const middle = (bursts: readonly Burst[]): Burst => ({
	perSecond: median(bursts.map((one) => one.perSecond)),
	p50: median(bursts.map((one) => one.p50)),
	p95: median(bursts.map((one) => one.p95)),
	failures: bursts.reduce((sum, one) => sum + one.failures, 0),
});

async function measure(what: string, plain: Server, treated: Server, clients: number, body: () => unknown): Promise<Line> {
	const pairs: { plain: Burst; treated: Burst }[] = [];
	for (let round = 0; round < rounds; round++) {
		const run = (server: Server): Promise<Burst> => burst(() => post(server, '/items/leads?fields=id', body()), clients, ms);
		// Who goes first alternates, so that a slow moment of the machine hits both.
		const first = await run(round % 2 ? treated : plain);
		const second = await run(round % 2 ? plain : treated);
		pairs.push(round % 2 ? { plain: second, treated: first } : { plain: first, treated: second });
	}
	return {
		what,
		clients,
		plain: middle(pairs.map((pair) => pair.plain)),
		treated: middle(pairs.map((pair) => pair.treated)),
		ratio: median(pairs.map((pair) => pair.treated.perSecond / pair.plain.perSecond)),
		p50Ratio: median(pairs.map((pair) => pair.treated.p50 / pair.plain.p50)),
	};
}

try {
	execFileSync(process.execPath, ['scripts/provision.ts', '--empty'], {
		env: { PATH: process.env.PATH, ...environment('plain', 'scripts/support/no-extensions') },
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	copyFileSync(join(folder, 'plain.db'), join(folder, 'treated.db'));
	// Without the bundle the flows would run into operations that are not there: work that a plain insert does not do.
	const database = connect(environment('plain', ''));
	await database('directus_flows').update({ status: 'inactive' });
	await database.destroy();
	const plain = await startServer(18055, { ...environment('plain', './scripts/support/no-extensions'), EXTENSIONS_MUST_LOAD: 'false' }, login);
	const treated = await startServer(18056, environment('treated', './extensions'), login);
	try {
		const people = Array.from({ length: 10 }, (_, index) => ({
			first_name: 'Vente',
			last_name: String(index),
			status: 'active',
			takes_leads: true,
			lead_capacity: 1000,
			languages: ['fr'],
		}));
		for (const server of [plain, treated]) if (!(await post(server, '/users', people))) throw new Error('The sales people could not be created.');
		for (const server of [plain, treated]) await burst(() => post(server, '/items/leads?fields=id', lead()), 4, 1500);
		const lines: Line[] = [];
		for (const clients of [1, 8, 32]) lines.push(await measure('one lead', plain, treated, clients, lead));
		lines.push(await measure('array of 50', plain, treated, 1, () => Array.from({ length: 50 }, lead)));
		if (values.json) console.log(JSON.stringify({ database: 'sqlite3', rounds, seconds: ms / 1000, lines }, null, '\t'));
		else
			console.table(
				lines.map((line) => ({
					what: line.what,
					clients: line.clients,
					'plain/s': Math.round(line.plain.perSecond),
					'treated/s': Math.round(line.treated.perSecond),
					ratio: line.ratio.toFixed(2),
					'plain p50 ms': line.plain.p50.toFixed(1),
					'treated p50 ms': line.treated.p50.toFixed(1),
					'p50 ratio': line.p50Ratio.toFixed(2),
					failures: line.plain.failures + line.treated.failures,
				})),
			);
	} finally {
		await Promise.all([plain.stop(), treated.stop()]);
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
