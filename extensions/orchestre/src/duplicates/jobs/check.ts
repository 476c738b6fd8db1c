import { z } from 'zod';
import { now } from '../../platform/clock.ts';
import type { Host, JsonObject } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import { proposalsFor } from '../merge/proposal.ts';
import { dropStale, keepPairs, rowOf } from '../pairs.ts';
import { kinds } from '../rules/kinds.ts';
import { searchAll } from '../search.ts';

/** Compares everything with everything that shares a clue. Returns figures without names. */
export async function checkEverything({ database }: Pick<Host, 'database'>, signal?: AbortSignal): Promise<JsonObject> {
	const figures: JsonObject = {};
	for (const kind of kinds) {
		const start = now();
		const { found, records } = await searchAll(database, kind, signal);
		const proposals = await proposalsFor(database, kind, found);
		await keepPairs(
			database,
			found.map((pair, index) => rowOf(kind, pair, proposals[index] ?? null)),
		);
		figures[kind] = { records, pairs: found.length, dropped: await dropStale(database, kind, start) };
	}
	return figures;
}

/** Every night. Outside a transaction, because on SQLite that would hold everybody up; a second run writes the same again. */
defineJob({
	kind: 'duplicates.check',
	flow: flows.check,
	mode: 'external',
	payload: z.object({}).loose(),
	maxAttempts: 3,
	timeoutMs: 15 * 60_000,
	run: ({ host, signal }) => checkEverything(host, signal),
});
