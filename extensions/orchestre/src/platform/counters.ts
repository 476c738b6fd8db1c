import { randomUUID } from 'node:crypto';
import { now } from './clock.ts';
import type { Knex } from './directus.ts';
import { UnexpectedError } from './errors.ts';

/**
 * The next number of a series, starting at 1, without gaps: the counter's row stays locked until the caller's transaction
 * ends, and goes back with it. `name` says series and period, e.g. `quotes:2026`. Take it as late as possible: other
 * takers of the same series wait.
 */
export async function nextNumber(trx: Knex, name: string): Promise<number> {
	if (!trx.isTransaction) throw new UnexpectedError(`counter ${name}: a number is taken inside the transaction that uses it`);
	const [row] = (await trx('counters')
		.insert({ id: randomUUID(), name, value: 1, date_updated: now() })
		.onConflict('name')
		.merge({ value: trx.raw('?? + 1', ['counters.value']), date_updated: now() })
		.returning('value')) as { value: number }[];
	if (!row) throw new UnexpectedError(`counter ${name}: no value came back`);
	return Number(row.value);
}
