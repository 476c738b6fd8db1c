import { randomUUID } from 'node:crypto';
import { now as clockNow } from '../../platform/clock.ts';
import type { Knex } from '../../platform/directus.ts';
import { insertMany, type ColumnTypes } from '../../platform/json-rows.ts';
import { companyOf, readOwners } from './owners.ts';
import { readEvent, type Fault } from './rules/event.ts';

/** One event that was refused: its place in the batch, its id where it has one, why. */
export type Refusal = Fault & { index: number; event_id: string | null };

/** What became of a batch: `known` were there already, from an earlier call or earlier in this one. */
export type Taken = { received: number; written: number; known: number; refused: number; errors: Refusal[] };

const types: ColumnTypes = {
	id: 'uuid',
	event_id: 'text',
	company: 'uuid',
	subscription: 'uuid',
	name: 'text',
	quantity: 'integer',
	at: 'timestamptz',
	actor: 'text',
	properties: 'json',
	date_created: 'timestamptz',
};

const idOf = (raw: unknown): string | null => {
	const id = (raw as { event_id?: unknown } | null)?.event_id;
	return typeof id === 'string' ? id.slice(0, 255) : null;
};

/**
 * Takes a batch of events: the good ones are written in one statement, the bad ones are told one by one, and what is there already, by
 * whichever call, is left alone. Rows go in the order of their event ids: two batches that share some wait for each other and never
 * deadlock.
 */
export async function takeEvents(knex: Knex, batch: readonly unknown[]): Promise<Taken> {
	const now = clockNow();
	const read = batch.map((raw) => readEvent(raw, now));
	const owners = await readOwners(
		knex,
		read.flatMap((one) => ('value' in one ? one.value : [])),
	);
	const errors: Refusal[] = [];
	const good = new Map<string, Record<string, unknown>>();
	let valid = 0;
	for (const [index, one] of read.entries()) {
		const company = 'value' in one ? companyOf(one.value, owners) : one.fault;
		if (!('value' in one) || typeof company !== 'string') {
			errors.push({ index, event_id: idOf(batch[index]), ...(company as Fault) });
			continue;
		}
		valid += 1;
		const { company_external_id: _externalId, ...event } = one.value;
		if (!good.has(event.event_id)) good.set(event.event_id, { id: randomUUID(), ...event, company, date_created: now });
	}
	const rows = [...good.values()].toSorted((a, b) => (String(a['event_id']) < String(b['event_id']) ? -1 : 1));
	const written = (await insertMany(knex, 'usage_events', types, rows, { keys: ['event_id'] })).length;
	return { received: batch.length, written, known: valid - written, refused: errors.length, errors };
}
