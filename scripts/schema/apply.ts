import { schemaApply, schemaDiff, schemaSnapshot } from '@directus/sdk';
import { run } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { countChanges, describe, isDelete, withoutNoise } from './noise.ts';
import type { SchemaDiff } from './noise.ts';
import type { Snapshot } from './snapshot.ts';

export type ApplyOptions = { allowDelete?: boolean; dryRun?: boolean };
export type ApplyResult = { changes: number; lines: string[] };

/** The vendor's name in Directus's snapshots of this instance: `sqlite`, `postgres`. */
export async function vendorOf(client: Client): Promise<string> {
	return (await run(client, 'schema snapshot', schemaSnapshot())).vendor;
}

/**
 * Brings an instance to the snapshot: asks Directus for the difference, leaves out what is only the vendor's dialect,
 * refuses to delete (unless told), applies the rest in Directus's own transaction. Run again it finds 0 changes.
 */
export async function applySchema(client: Client, snapshot: Snapshot, options: ApplyOptions = {}): Promise<ApplyResult> {
	const answer = (await run(client, 'schema diff', schemaDiff(snapshot, true))) as { hash: string; diff: SchemaDiff } | null;
	if (!answer?.diff) return { changes: 0, lines: [] };
	const diff = withoutNoise(answer.diff, await vendorOf(client));
	const lines = describe(diff);
	const deletes = [...diff.collections, ...diff.fields, ...diff.relations].filter(isDelete);
	if (deletes.length > 0 && !options.allowDelete && !options.dryRun) {
		throw new Error(
			`The schema files lack ${deletes.length} thing(s) that the database has:\n${lines.filter((line) => line.endsWith(' -')).join('\n')}\nNothing was changed. Add them to schema-snapshots/ (npm run schema:pull), or delete them with --allow-delete.`,
		);
	}
	const changes = countChanges(diff);
	if (changes > 0 && !options.dryRun) await run(client, 'schema apply', schemaApply({ hash: answer.hash, diff }, true));
	return { changes, lines };
}
