import { isPostgres, type Knex } from '../../platform/directus.ts';
import type { Dialect } from './types.ts';

const postgres: Dialect = {
	isPostgres: true,
	minutes: (from, to) => `floor(extract(epoch from (${to} - ${from})) / 60)`,
	moment: (date) => `(${date})::timestamp at time zone 'Europe/Paris'`,
	days: (from, to) => `(${to} - ${from})`,
};

/** SQLite keeps moments, and dates as their local midnight, in milliseconds. */
const sqlite: Dialect = {
	isPostgres: false,
	minutes: (from, to) => `((${to} - ${from}) / 60000)`,
	moment: (date) => `(${date})`,
	days: (from, to) => `cast(round((${to} - ${from}) / 86400000.0) as integer)`,
};

export const dialectOf = (knex: Knex): Dialect => (isPostgres(knex) ? postgres : sqlite);
