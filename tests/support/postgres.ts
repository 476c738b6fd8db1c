import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import type { TestProject } from 'vitest/node';
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

const startPostgres = (): Promise<StartedTestContainer> =>
	new GenericContainer('postgres:16-alpine')
		.withEnvironment({ POSTGRES_USER: 'directus', POSTGRES_PASSWORD: 'directus', POSTGRES_DB: templateName })
		.withExposedPorts(5432)
		.withTmpFs({ '/var/lib/postgresql/data': 'rw' })
		.withCommand(['postgres', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'])
		.withWaitStrategy(Wait.forListeningPorts())
		.start();

const startRedis = (): Promise<StartedTestContainer> =>
	new GenericContainer('redis:7-alpine').withExposedPorts(6379).withWaitStrategy(Wait.forListeningPorts()).start();

/** vitest's global set-up of the PostgreSQL lane: both services in containers, and the database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
	const services = {
		DB_CLIENT: 'pg',
		DB_HOST: postgres.getHost(),
		DB_PORT: String(postgres.getMappedPort(5432)),
		DB_USER: 'directus',
		DB_PASSWORD: 'directus',
		REDIS: `redis://${redis.getHost()}:${redis.getMappedPort(6379)}`,
		SYNCHRONIZATION_STORE: 'redis',
	};
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
