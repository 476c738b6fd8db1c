import { join } from 'node:path';
import { root } from '../../scripts/support/environment.mjs';

/** Where tests keep what they can use again: the provisioned database, the bundle's stand-in. */
export const cacheFolder = join(root, 'node_modules', '.cache', 'orchestre');

/**
 * The environment of a Directus under test. CONFIG_PATH leads nowhere: Directus lets .env win over the process, and
 * tests would write into the developer's database.
 */
export const testEnvironment: Record<string, string> = {
	CONFIG_PATH: join(root, 'tests', 'support', 'none.env'),
	NODE_ENV: 'test',
	SECRET: 'test-secret-test-secret-test-secret',
	PUBLIC_URL: 'http://127.0.0.1',
	ADMIN_EMAIL: 'admin@example.com',
	ADMIN_PASSWORD: 'admin',
	SERVE_APP: 'false',
	TELEMETRY: 'false',
	LOG_LEVEL: 'error',
	PRESSURE_LIMITER_ENABLED: 'false',
	RATE_LIMITER_ENABLED: 'false',
	// Stand-ins for vendors listen on this machine.
	IMPORT_IP_DENY_LIST: '',
	TZ: 'Europe/Paris',
};
