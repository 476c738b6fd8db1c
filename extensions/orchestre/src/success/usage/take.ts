import { randomUUID } from 'node:crypto';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { insertMany, type ColumnTypes } from '../../platform/json-rows.ts';
import { readEvent, type Fault, type UsageEvent } from './rules/event.ts';

/** One event that was refused: its place in the batch, its id where it has one, why. */
export type Refusal = Fault & { index: number; event_id: string | null };

/** What became of a batch: `known` were there already, from an earlier call or earlier in this one. */
export type Taken = { received: number; written: number; known: number; refused: number; errors: Refusal[] };

type Owners = { ids: ReadonlySet<string>; byExternalId: ReadonlyMap<string, string>; bySubscription: ReadonlyMap<string, string> };

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

/** Companies and subscriptions that a batch names, as far as they are there: a statement each for every five hundred. */
async function readOwners(knex: Knex, events: readonly UsageEvent[]): Promise<Owners> {
	const named = (field: 'company' | 'company_external_id' | 'subscription'): string[][] =>
		chunks(
			[...new Set(events.map((event) => event[field]))].filter((value) => value !== null),
			500,
		);
	const [ids, byExternalId, bySubscription] = [new Set<string>(), new Map<string, string>(), new Map<string, string>()];
	for (const part of named('company')) for (const id of (await knex('companies').whereIn('id', part).pluck('id')) as string[]) ids.add(id);
	for (const part of named('company_external_id')) {
		const rows = (await knex('companies').whereIn('external_id', part).select('id', 'external_id')) as { id: string; external_id: string }[];
		for (const { id, external_id } of rows) byExternalId.set(external_id, id);
	}
	for (const part of named('subscription')) {
		const rows = (await knex('subscriptions').whereIn('id', part).select('id', 'company')) as { id: string; company: string }[];
		for (const { id, company } of rows) bySubscription.set(id, company);
	}
	return { ids, byExternalId, bySubscription };
}

/** The company of an event; what it says in several ways must agree. */
function companyOf(event: UsageEvent, { ids, byExternalId, bySubscription }: Owners): string | Fault {
	const unknown = (field: string): Fault => ({ code: 'UNKNOWN_COMPANY', message: `${field} : aucune entreprise ne porte cet identifiant.` });
	const found: string[] = [];
	if (event.company !== null) {
		if (!ids.has(event.company)) return unknown('company');
		found.push(event.company);
	}
	if (event.company_external_id !== null) {
		const company = byExternalId.get(event.company_external_id);
		if (!company) return unknown('company_external_id');
		found.push(company);
	}
	if (event.subscription !== null) {
		const company = bySubscription.get(event.subscription);
		if (!company) return { code: 'UNKNOWN_SUBSCRIPTION', message: 'subscription : aucun abonnement ne porte cet identifiant.' };
		found.push(company);
	}
	const [first = ''] = found;
	return found.every((company) => company === first)
		? first
		: { code: 'COMPANY_MISMATCH', message: 'company et subscription désignent deux clients différents.' };
}

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
