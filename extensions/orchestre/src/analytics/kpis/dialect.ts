import { isPostgres, type Knex } from '../../platform/directus.ts';
import type { Dialect } from './types.ts';

const postgres: Dialect = {
	isPostgres: true,
	minutes: (from, to) => `floor(extract(epoch from (${to} - ${from})) / 60)`,
	plusDays: (date, days) => `(${date} + ${days})`,
	days: (from, to) => `(${to} - ${from})`,
};

/** SQLite keeps moments, and dates as their local midnight, in milliseconds. */
const sqlite: Dialect = {
	isPostgres: false,
	minutes: (from, to) => `((${to} - ${from}) / 60000)`,
	// Two hours more: over a change of the clocks it is the same day all the same.
	plusDays: (date, days) => `(${date} + ${days * 86_400_000 + 7_200_000})`,
	days: (from, to) => `cast(round((${to} - ${from}) / 86400000.0) as integer)`,
};

export const dialectOf = (knex: Knex): Dialect => (isPostgres(knex) ? postgres : sqlite);
