import { dayOrNull } from '../../platform/columns.ts';
import { isPostgres, type Knex } from '../../platform/directus.ts';
import type { Dialect } from './types.ts';

const postgres: Dialect = {
	isPostgres: true,
	bound: (at, isDate) => (isDate ? `date '${dayOrNull(at)}'` : `timestamptz '${at.toISOString()}'`),
	minutes: (from, to) => `floor(extract(epoch from (${to} - ${from})) / 60)`,
	plusDays: (date, days) => `(${date} + ${days})`,
	days: (from, to) => `(${to} - ${from})`,
	slice: (at, cuts, isDate) => (cuts === 0 ? '0' : `width_bucket(${at}, array[${Array(cuts).fill('?').join(', ')}]::${isDate ? 'date' : 'timestamptz'}[])`),
};

/** SQLite keeps moments, and dates as their local midnight, in milliseconds. */
const sqlite: Dialect = {
	isPostgres: false,
	bound: (at) => String(at.getTime()),
	minutes: (from, to) => `((${to} - ${from}) / 60000)`,
	// Two hours more: over a change of the clocks it is the same day all the same.
	plusDays: (date, days) => `(${date} + ${days * 86_400_000 + 7_200_000})`,
	days: (from, to) => `cast(round((${to} - ${from}) / 86400000.0) as integer)`,
	slice: (at, cuts) => (cuts === 0 ? '0' : `case ${Array.from({ length: cuts }, (_, index) => `when ${at} < ? then ${index}`).join(' ')} else ${cuts} end`),
};

export const dialectOf = (knex: Knex): Dialect => (isPostgres(knex) ? postgres : sqlite);
