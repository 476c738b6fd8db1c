import { parseArgs } from 'node:util';
import { openInstance } from './directus.ts';
import type { Instance } from './directus.ts';
import { root } from './environment.mjs';

/** The switches given on the command line (`--allow-delete`); any other argument is an error. */
export function readSwitches<const Name extends string>(...names: Name[]): Record<Name, boolean> {
	const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'boolean' as const, default: false }])) });
	return values as Record<Name, boolean>;
}

/**
 * Body of a command line: runs `work` on the instance that the environment names and ends the process (Directus leaves
 * timers behind). An error is one message on stderr and exit code 1.
 */
export async function command(work: (instance: Instance) => Promise<void>): Promise<never> {
	process.chdir(root);
	try {
		const instance = await openInstance();
		await work(instance);
		await instance.close();
		process.exit(0);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		if (process.env.DEBUG) console.error(error);
		process.exit(1);
	}
}
