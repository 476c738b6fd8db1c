import { schemaApply, schemaDiff, schemaSnapshot } from '@directus/sdk';
import type { Knex } from 'knex';
import { run } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { countChanges, describe, isDelete, withoutNoise } from './noise.ts';
import type { SchemaDiff } from './noise.ts';
import type { Snapshot } from './snapshot.ts';
import { keepingTriggers } from './triggers.ts';

export type ApplyOptions = {
	allowDelete?: boolean;
	dryRun?: boolean;
	/** The instance's own database, where it is in this process: needed on SQLite once there are triggers. */
	database?: Knex | null;
};
export type ApplyResult = { changes: number; lines: string[] };

const nothing: SchemaDiff = { collections: [], fields: [], systemFields: [], relations: [] };

/** The way from an instance to a snapshot, without its vendor's noise; `hash` is the instance's, for applying it. */
export async function readDiff(client: Client, snapshot: Snapshot): Promise<{ hash: string; diff: SchemaDiff; current: Snapshot }> {
	const current = (await run(client, 'schema snapshot', schemaSnapshot())) as unknown as Snapshot;
	const answer = (await run(client, 'schema diff', schemaDiff(snapshot, true))) as unknown as { hash: string; diff: SchemaDiff } | null;
	return { hash: answer?.hash ?? '', diff: withoutNoise(answer?.diff ?? nothing, current.vendor), current };
}

/**
 * Brings an instance to the snapshot: asks Directus for the difference, leaves out what is only the vendor's dialect,
 * refuses to delete (unless told), applies the rest in Directus's own transaction. Run again it finds 0 changes.
 */
export async function applySchema(client: Client, snapshot: Snapshot, options: ApplyOptions = {}): Promise<ApplyResult> {
	const { hash, diff } = await readDiff(client, snapshot);
	const lines = describe(diff);
	const deletes = [...diff.collections, ...diff.fields, ...diff.relations].filter(isDelete);
	if (deletes.length > 0 && !options.allowDelete && !options.dryRun) {
		throw new Error(
			`The schema files lack ${deletes.length} thing(s) that the database has:\n${lines.filter((line) => line.endsWith(' -')).join('\n')}\nNothing was changed. Add them to schema-snapshots/ (npm run schema:pull), or delete them with --allow-delete.`,
		);
	}
	const changes = countChanges(diff);
	if (changes > 0 && !options.dryRun) await keepingTriggers(options.database ?? null, () => run(client, 'schema apply', schemaApply({ hash, diff }, true)));
	return { changes, lines };
}
