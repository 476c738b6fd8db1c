import { defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { findChromium } from './scripts/support/browser.mjs';
import { hasEngine } from './scripts/support/engine.mjs';
import { testEnvironment } from './tests/support/environment.ts';

/** Tests that are about SQLite's file or start servers of their own. */
const onSqliteOnly = [
	'tests/leads/kill.test.ts',
	'tests/sequences/kill.test.ts',
	'tests/onboarding/kill.test.ts',
	'tests/documents/kill.test.ts',
	'tests/exchange/server.test.ts',
	'tests/platform/**',
	'tests/demo/**',
	'tests/schema/**',
	'tests/backup/**',
];

/** The same integration tests on PostgreSQL and Redis in containers. */
const postgres: TestProjectInlineConfiguration = {
	test: {
		name: 'postgres',
		include: ['tests/**/*.test.ts'],
		exclude: ['tests/browser/**', ...onSqliteOnly],
		pool: 'forks',
		isolate: true,
		// One Redis for all: two at a time would hear each other on the bus.
		maxWorkers: 1,
		sequence: { groupOrder: 3 },
		env: testEnvironment,
		globalSetup: ['tests/support/postgres.ts'],
		testTimeout: 60_000,
		hookTimeout: 240_000,
	},
};

/** The product as staff get it, in a real Chromium. */
const browser: TestProjectInlineConfiguration = {
	test: {
		name: 'browser',
		include: ['tests/browser/**/*.test.ts'],
		pool: 'forks',
		isolate: true,
		maxWorkers: 1,
		sequence: { groupOrder: 2 },
		testTimeout: 120_000,
		hookTimeout: 240_000,
	},
};

const isLaneThere = hasEngine();
if (!findChromium() && process.env.CI) throw new Error('CI needs Chromium for the browser test, and none is there.');
if (!isLaneThere && process.env.CI) throw new Error('CI needs a Docker engine for the PostgreSQL lane, and none answers.');

export default defineConfig({
	test: {
		// Directus imports the bundle by itself, so vite does not see which test depends on which source.
		watchTriggerPatterns: [{ pattern: /extensions\/orchestre\/src\/([^/]+)\/.*\.ts$/, testsToRun: (_file, [, room]) => [`tests/${room}/**/*.test.ts`] }],
		projects: [
			{
				test: {
					name: 'unit',
					include: ['extensions/orchestre/src/**/*.test.ts', 'scripts/**/*.test.ts', 'seeds/**/*.test.ts', 'bench/**/*.test.ts'],
					pool: 'threads',
					isolate: false,
					sequence: { groupOrder: 0 },
					testTimeout: 60_000,
				},
			},
			{
				test: {
					name: 'integration',
					include: ['tests/**/*.test.ts'],
					exclude: ['tests/browser/**'],
					// Directus is a singleton of its process: one per file.
					pool: 'forks',
					isolate: true,
					maxWorkers: 2,
					sequence: { groupOrder: 1 },
					env: testEnvironment,
					globalSetup: ['tests/support/template.ts'],
					// Long enough for a machine that does other work as well; a test that hangs still ends.
					testTimeout: 60_000,
					hookTimeout: 120_000,
				},
			},
			...(findChromium() ? [browser] : []),
			...(isLaneThere ? [postgres] : []),
		],
		coverage: {
			provider: 'v8',
			// Directus loads entry points natively, out of sight of the coverage: only the pure rules are counted.
			include: ['extensions/orchestre/src/*/rules/**/*.ts', 'scripts/{schema,seed}/**/*.ts'],
			exclude: ['**/*.test.ts'],
			reporter: ['text-summary', 'json-summary'],
		},
	},
});
