/** @directus/api ships no types; these are the entry points that scripts and tests use, as of 35.2.0. */
declare module '@directus/api' {
	import type { Express } from 'express';
	export function createApp(): Promise<Express>;
}

declare module '@directus/api/server' {
	import type { Server } from 'node:http';
	export function createServer(): Promise<Server>;
}

declare module '@directus/api/database/index' {
	import type { Knex } from 'knex';
	export default function getDatabase(): Knex;
	export function isInstalled(): Promise<boolean>;
	export function validateMigrations(): Promise<boolean>;
	export function hasDatabaseConnection(database?: Knex): Promise<boolean>;
}

declare module '@directus/api/database/seeds/run' {
	import type { Knex } from 'knex';
	export default function run(database: Knex): Promise<void>;
}

declare module '@directus/api/database/migrations/run' {
	import type { Knex } from 'knex';
	export default function run(database: Knex, direction: 'up' | 'down' | 'latest', log?: boolean): Promise<void>;
}

declare module '@directus/api/utils/get-schema' {
	import type { Knex } from 'knex';
	import type { SchemaOverview } from '@directus/types';
	export function getSchema(options?: { database?: Knex; bypassCache?: boolean }): Promise<SchemaOverview>;
}

declare module '@directus/api/utils/create-admin' {
	import type { SchemaOverview } from '@directus/types';
	export function createAdmin(schema: SchemaOverview): Promise<void>;
}

declare module '@directus/api/utils/schedule' {
	export function validateCron(rule: string): boolean;
}

declare module '@directus/api/flows' {
	export function getFlowManager(): { load: () => Promise<void>; reload: () => Promise<void>; reloadQueue: { onIdle: () => Promise<void> } };
}

declare module '@directus/api/services/index' {
	import type { SchemaOverview } from '@directus/types';
	class Service {
		constructor(options: { schema: SchemaOverview });
		createOne(row: Record<string, unknown>): Promise<string>;
	}
	export { Service as AccessService, Service as PoliciesService, Service as RolesService, Service as UsersService };
}
