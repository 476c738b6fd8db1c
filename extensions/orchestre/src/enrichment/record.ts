import { now } from '../platform/clock.ts';
import { readLocked } from '../platform/columns.ts';
import { parseJson, systemAccountability, type Host } from '../platform/directus.ts';
import { LaterActions } from '../platform/later-actions.ts';
import { fill } from './rules/fill.ts';
import type { Choice, Enriched, Enrichment, Outcome, Source, Values } from './rules/types.ts';

/** What a source came to: values to fill in, and the sentence that people read. */
export type Finding = { source: Source; outcome: Outcome; note: string; values?: Values; details?: Readonly<Record<string, string>>; choices?: Choice[] };

export const enrichmentOf = (row: Record<string, unknown>): Enrichment | null => parseJson<Enrichment | null>(row['enrichment'] ?? null);

/**
 * Writes what was found into the fields that are empty, with where it comes from, in one transaction, through Directus, so that every
 * room treats it. Answers the fields that were filled; a second time none.
 */
export async function recordFinding(host: Host, collection: Enriched, id: string, finding: Finding): Promise<string[]> {
	const actions = new LaterActions();
	const filled = await host.database.transaction(async (trx) => {
		const [row] = await readLocked(trx, collection, [id]);
		if (!row) return [];
		const before = enrichmentOf(row);
		const at = now().toISOString();
		const { write, fields } = fill(row, finding.values ?? {}, before, finding.source, at, finding.details);
		const enrichment: Enrichment = { fields, outcome: finding.outcome, note: finding.note, choices: finding.choices ?? [], at };
		const names = Object.keys(write);
		if (names.length > 0) {
			const schema = await host.getSchema({ database: trx });
			const service = new host.services.ItemsService(collection, { knex: trx, schema, accountability: systemAccountability() });
			await service.updateOne(id, write, actions.options);
		}
		// No news for a reader of the history: what was filled stands there.
		await trx(collection)
			.where({ id })
			.update({ enriched_at: now(), enrichment: JSON.stringify(enrichment) });
		return names;
	});
	actions.emit();
	return filled;
}
