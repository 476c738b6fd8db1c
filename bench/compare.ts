import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/support/environment.mjs';
import type { Server } from '../scripts/support/server.ts';
import { insert, loads } from './lead-path.ts';
import { burst, type Burst } from './support/burst.ts';
import { median, medianInterval, verdict } from './support/figures.ts';
import { lead } from './support/lead.ts';
import { hire, inTurns, middle, start } from './support/pair.ts';
import type { Environment, Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

/** A checkout of that revision with this one's dependencies, its bundle built. `remove` takes it away again. */
function checkOut(revision: string): { folder: string; commit: string; remove: () => void } {
	const commit = git('rev-parse', '--short', `${revision}^{commit}`);
	const folder = join(mkdtempSync(join(tmpdir(), 'orchestre-compare-')), commit);
	git('worktree', 'add', '--detach', '--force', folder, commit);
	const remove = (): void => {
		git('worktree', 'remove', '--force', folder);
		rmSync(join(folder, '..'), { recursive: true, force: true });
	};
	try {
		for (const modules of ['node_modules', 'extensions/orchestre/node_modules'])
			if (existsSync(join(root, modules)) && !existsSync(join(folder, modules))) symlinkSync(join(root, modules), join(folder, modules));
		execFileSync(process.execPath, [join(root, 'node_modules/@directus/extensions-sdk/cli.js'), 'build'], {
			cwd: join(folder, 'extensions', 'orchestre'),
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		if (!existsSync(join(folder, 'extensions/orchestre/dist/api.js'))) throw new Error(`The bundle of ${commit} could not be built.`);
	} catch (error) {
		remove();
		throw error;
	}
	return { folder, commit, remove };
}

const settings = (environment: Environment, folder: string): Environment => ({
	...environment,
	EXTENSIONS_PATH: join(folder, 'extensions'),
	MIGRATIONS_PATH: join(folder, 'extensions', 'migrations'),
});

/** The lead path of another revision against this checkout's, round by round in turns, each with its own schema and seeds. */
export async function compare(place: Place, { rounds, seconds }: Options, revision: string): Promise<Table> {
	const old = checkOut(revision);
	const servers: Server[] = [];
	try {
		const before = await start(settings(await place.provision('before', { from: old.folder }), old.folder));
		servers.push(before);
		const after = await start(settings(await place.provision('after'), root));
		servers.push(after);
		for (const server of servers) {
			await hire(server);
			await burst(() => insert(server, lead), 4, 2000);
		}
		const rows: Table['rows'] = [];
		// Nine rounds are the fewest whose interval leaves out the best and the worst.
		const count = Math.max(9, rounds);
		for (const { what, clients, body } of loads) {
			const run = (server: Server) => (): Promise<Burst> => burst(() => insert(server, body), clients, seconds * 1000);
			const pairs = await inTurns(count, run(before), run(after));
			const ratios = pairs.map(([one, other]) => other.perSecond / one.perSecond);
			const [then, now] = [middle(pairs.map(([one]) => one)), middle(pairs.map(([, one]) => one))];
			rows.push({
				what,
				clients,
				[`${old.commit} /s`]: then.perSecond,
				'now /s': now.perSecond,
				ratio: median(ratios),
				...medianInterval(ratios),
				verdict: verdict(ratios),
				failures: then.failures + now.failures,
			});
		}
		return { name: `compare with ${old.commit}`, note: 'rate of this checkout over that revision’s; the interval holds the median at 95 %', rows };
	} finally {
		await Promise.all(servers.map((server) => server.stop()));
		old.remove();
	}
}
