import { targetOf } from '../../scripts/schema/expand.ts';
import type { CollectionFile, FieldEntry } from '../../scripts/schema/file-format.ts';

/** The collections that a relation leads to, by `collection.field`: the related one, or the list's and what its junction leads to. */
export type Targets = ReadonlyMap<string, readonly string[]>;

const behindJunction = (file: CollectionFile, entry: FieldEntry): string[] => {
	const other = file.fields.find(({ field }) => field === entry.junction);
	const target = other && targetOf(other);
	return target ? [target] : [];
};

/** Every relation of the schema files, seen from both of its ends. */
export function relationTargets(files: readonly CollectionFile[]): Targets {
	const targets = new Map<string, string[]>();
	for (const file of files) {
		for (const entry of file.fields) {
			const target = targetOf(entry);
			if (!target) continue;
			targets.set(`${file.collection}.${entry.field}`, [target]);
			if (entry.inverse) targets.set(`${target}.${entry.inverse}`, [file.collection, ...behindJunction(file, entry)]);
		}
	}
	return targets;
}
