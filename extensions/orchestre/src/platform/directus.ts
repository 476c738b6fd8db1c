import type { Accountability, ApiExtensionContext, HookExtensionContext, OperationContext, SchemaOverview } from '@directus/types';
import type { Knex } from 'knex';

export type { Accountability, HookExtensionContext, Knex, OperationContext, SchemaOverview };

/** What background work needs of Directus: services, `database` (the pool, never a transaction), schema, logger. */
export type Host = Pick<ApiExtensionContext, 'services' | 'database' | 'getSchema' | 'logger'>;

/** Third argument of a filter. `database` is the running transaction in create filters and in `activity.create`. */
export type FilterContext = { database: Knex; schema: SchemaOverview | null; accountability: Accountability | null };

export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** The user “Orchestre” (seeded, cannot log in): signs what the product does by itself. */
export const orchestreUserId = '00000000-0000-4000-8000-000000000001';

/**
 * Full rights, signed by “Orchestre”. System writes pass this and never null: with null Directus writes no activity, no
 * revision and skips validation (architecture.md, law 5).
 */
export const systemAccountability = (): Accountability => ({ user: orchestreUserId, role: null, roles: [], admin: true, app: false, ip: null });

/** True for the product's own writes, which outside-change guards let through. */
export const isSystem = (accountability: Accountability | null): boolean => accountability === null || accountability.user === orchestreUserId;

const clientName = (knex: Knex): string => String((knex.client as { config?: { client?: unknown } }).config?.client);

/** Row locks (FOR UPDATE, SKIP LOCKED) exist on PostgreSQL only; SQLite has one writer at a time. */
export const isPostgres = (knex: Knex): boolean => ['pg', 'postgres', 'postgresql'].includes(clientName(knex));

/**
 * Timestamps are written as Date on both databases. They come back as Date from PostgreSQL and as milliseconds (or, for
 * defaults that SQLite filled in, UTC text) from SQLite.
 */
export function toDate(value: Date | number | string): Date {
	if (typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)) return new Date(`${value.replace(' ', 'T')}Z`);
	return new Date(value);
}

/** A json column as knex hands it out: parsed by PostgreSQL, text on SQLite. */
export const parseJson = <T = Json>(value: unknown): T => (typeof value === 'string' ? (JSON.parse(value) as T) : (value as T));

/** Cuts rows into parts that stay below SQLite's limits of variables and of compound selects in one statement. */
export function chunks<T>(rows: readonly T[], size = 100): T[][] {
	const parts: T[][] = [];
	for (let start = 0; start < rows.length; start += size) parts.push(rows.slice(start, start + size));
	return parts;
}
