import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from '../platform/directus.ts';
import { readAll } from './read.ts';
import { pairsOfCompanies, pairsOfPeople, type Found } from './rules/blocks.ts';
import type { Kind } from './rules/kinds.ts';

/** How long the search may hold the thread before whoever waits has a turn, in ms. */
const turn = 8;

async function gather(pairs: Generator<Found | null, void>, signal?: AbortSignal): Promise<Found[]> {
	const found: Found[] = [];
	let since = performance.now();
	for (const pair of pairs) {
		if (pair) found.push(pair);
		if (performance.now() - since < turn) continue;
		await breathe();
		signal?.throwIfAborted();
		since = performance.now();
	}
	return found;
}

/** Every pair of living records of a kind that may be one; others go on being served meanwhile. */
export async function searchAll(knex: Knex, kind: Kind, signal?: AbortSignal): Promise<{ found: Found[]; records: number }> {
	const { people, companies } = await readAll(knex, kind);
	const found = [...(await gather(pairsOfPeople(people), signal)), ...(await gather(pairsOfCompanies(companies), signal))];
	return { found, records: people.length + companies.length };
}
