import { setImmediate as breathe } from 'node:timers/promises';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { announce } from './alerts.ts';
import { readClients, type Client } from './clients.ts';
import { daysOf, readFacts, type Days } from './facts.ts';
import { measuresOf } from './rules/measures.ts';
import { holds } from './rules/override.ts';
import type { ClientFacts, HealthSettings } from './rules/types.ts';
import { verdictOn } from './rules/verdict.ts';
import type { Scope } from './scope.ts';
import { measureSeason } from './season.ts';
import { readHealthSettings } from './settings.ts';
import { writeFindings, type Finding } from './write.ts';

/** Clients that are read, judged and written at once. */
const partSize = 2000;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export type Judged = { clients: number; written: number; red: number; better: number };

type Ground = { settings: HealthSettings; version: number; days: Days };

export function findingOf(client: Client, facts: ClientFacts, settings: HealthSettings, today: number): Finding {
	const verdict = client.isClient ? verdictOn(measuresOf(facts, settings), settings) : null;
	const isHeld = client.isClient && holds(client.override, today);
	const trend = verdict && client.monthAgo !== null ? verdict.score - client.monthAgo : null;
	return {
		client,
		verdict,
		// Whoever knows the client may say so before there is anything to measure.
		band: isHeld ? client.override.band : (verdict?.band ?? null),
		trend,
		overridden: isHeld,
		ended: client.override.band !== null && !isHeld,
	};
}

async function judgePart(trx: Knex, clients: readonly Client[], scope: Scope, { settings, version, days }: Ground): Promise<Judged> {
	const factsOf = await readFacts(trx, scope, days);
	const findings = clients.map((client) => findingOf(client, factsOf(client.id), settings, days.today));
	const written = await writeFindings(trx, findings, days.today, days.now, version);
	return { clients: clients.length, written, ...(await announce(trx, findings, days.today)) };
}

const readGround = async (knex: Knex, now: Date): Promise<Ground> => ({ ...(await readHealthSettings(knex)), days: daysOf(now) });

const add = (total: Judged, part: Judged): Judged => ({
	clients: total.clients + part.clients,
	written: total.written + part.written,
	red: total.red + part.red,
	better: total.better + part.better,
});
const nothing: Judged = { clients: 0, written: 0, red: 0, better: 0 };

/** Judges these companies anew, in the caller's transaction: some hundred at most. */
export async function judgeCompanies(trx: Knex, ids: readonly string[], now: Date = clockNow()): Promise<Judged> {
	if (ids.length === 0) return nothing;
	const ground = await readGround(trx, now);
	let total = nothing;
	for (const part of chunks([...new Set(ids)].toSorted(), 500)) {
		const clients = await readClients(trx, { ids: part }, ground.days);
		if (clients.length > 0) total = add(total, await judgePart(trx, clients, { ids: clients.map(({ id }) => id) }, ground));
	}
	return total;
}

/**
 * The whole nightly run: measures the season, then judges all clients, part by part in the order of their ids, each in a transaction of
 * its own: cut off, the next run finds what is done unchanged. A second run of a day writes nothing.
 */
export async function judgeAllClients(knex: Knex, { signal, now = clockNow() }: { signal?: AbortSignal; now?: Date } = {}): Promise<Judged> {
	await measureSeason(knex, daysOf(now));
	const ground = await readGround(knex, now);
	let [total, after]: [Judged, string | null] = [nothing, null];
	for (;;) {
		signal?.throwIfAborted();
		const clients: Client[] = await readClients(knex, { after, until: lastId }, ground.days, partSize);
		const until = clients.at(-1)?.id;
		if (until === undefined) return total;
		const scope = { after, until };
		total = add(total, await knex.transaction((trx) => judgePart(trx, clients, scope, ground)));
		if (clients.length < partSize) return total;
		after = until;
		await breathe();
	}
}
