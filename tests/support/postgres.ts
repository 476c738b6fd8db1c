import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { reachPostgres, reachRedis, startPostgres, startRedis } from '../../scripts/support/containers.ts';
import { root } from '../../scripts/support/environment.mjs';
import { writeSourceBundle } from './bundle.ts';
import { testEnvironment } from './environment.ts';

/** Name of the provisioned database that each test file copies. */
export const templateName = 'orchestre_template';

declare module 'vitest' {
	interface ProvidedContext {
		/** Environment that reaches the lane's PostgreSQL and Redis, without the name of a database; null on SQLite. */
		services: Record<string, string> | null;
	}
}

/** vitest's global set-up of the PostgreSQL lane: both services in containers, and the database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [postgres, redis] = await Promise.all([startPostgres({ database: templateName, isInMemory: true }), startRedis()]);
	const services = { ...reachPostgres(postgres), ...reachRedis(redis) };
	await promisify(execFile)(process.execPath, [join(root, 'scripts', 'provision.ts'), '--empty'], {
		cwd: root,
		env: { ...process.env, ...testEnvironment, ...services, DB_DATABASE: templateName },
	});
	project.provide('services', services);
	project.provide('templateDatabase', '');
	project.provide('extensionsPath', process.env.TEST_DIST ? join(root, 'extensions') : writeSourceBundle());
	return async () => {
		await Promise.all([postgres.stop({ timeout: 0 }), redis.stop({ timeout: 0 })]);
	};
}
