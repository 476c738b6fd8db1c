import { targetOf } from './expand.ts';
import type { CollectionFile, FieldEntry } from './file-format.ts';
import { fieldKinds } from './kinds.ts';
import { mergeFiles } from './files.ts';

const folderless = new Set(['group', 'notice']);
/** Kinds whose label nobody sees, because the field is hidden by kind. */
const unseen = new Set(['key', 'sort']);

/**
 * Faults of the files as a whole that the format of one file cannot show: labels, texts, and the two sides of every
 * relation. Each fault names collection and field.
 */
export function lintSchema(files: CollectionFile[]): string[] {
	const faults: string[] = [];
	const byName = new Map(files.map((file) => [file.collection, file]));
	for (const file of files) {
		const say = (fault: string): number => faults.push(`${file.collection}: ${fault}`);
		if (!file.system && !file.label) say('no label');
		if (file.group && !byName.get(file.group)?.folder) say(`group "${file.group}" is no folder`);
		if (!file.system && !file.folder) {
			if (!file.fields.some(({ kind }) => kind === 'key' || kind === 'text-key' || kind === 'serial-key')) say('no key');
			for (const [what, field] of [
				['archive', file.archive?.field],
				['sort_field', file.sort_field],
				...(file.duplicates ?? []).map((name) => ['duplicates', name]),
			] as const) {
				if (field && !file.fields.some((entry) => entry.field === field)) say(`${what}: no field "${field}"`);
			}
		}
		const seen = new Set<string>();
		for (const entry of file.fields) {
			if (seen.has(entry.field)) say(`${entry.field} is there twice`);
			seen.add(entry.field);
			for (const fault of fieldFaults(file, entry, byName)) say(`${entry.field} ${fault}`);
		}
	}
	for (const [key, { fr, en }] of mergeFiles(files).texts)
		if (/[@{}|]/.test(fr + en)) faults.push(`${key}: the text has one of @ { } |, which vue-i18n reads as syntax`);
	return faults;
}

function fieldFaults(file: CollectionFile, entry: FieldEntry, byName: Map<string, CollectionFile>): string[] {
	const faults: string[] = [];
	if (!fieldKinds[entry.kind]) return [`unknown kind "${entry.kind}"`];
	if (!entry.label && !unseen.has(entry.kind)) faults.push('has no label');
	if (entry.label && /[@{}|]/.test(entry.label.fr + entry.label.en)) faults.push('label has one of @ { } |');
	if (
		entry.group &&
		!file.fields.some(({ field, kind, meta }) => field === entry.group && (folderless.has(kind) || JSON.stringify(meta?.special ?? '').includes('group')))
	)
		faults.push(`is in "${entry.group}", which is no group`);
	if (entry.nullable === false && 'default' in entry && !entry.default)
		faults.push('is not nullable with an empty default: GraphQL would ask every caller for it');
	if (entry.kind === 'one' && !entry.to) faults.push('leads nowhere (to)');
	const target = targetOf(entry);
	if (target && !byName.has(target) && !target.startsWith('directus_')) faults.push(`points at "${target}", which does not exist`);
	if (target && entry.inverse) {
		const other = byName.get(target)?.fields.find(({ field }) => field === entry.inverse);
		if (!other) faults.push(`has "${target}.${entry.inverse}" as other side, which does not exist`);
		else if (fieldKinds[other.kind]?.type !== 'alias') faults.push(`has "${target}.${entry.inverse}" as other side, which is no list`);
	}
	if (entry.kind === 'many' || entry.kind === 'many-to-many') {
		const others = [...byName.values()].flatMap((other) =>
			other.fields.filter((field) => targetOf(field) === file.collection && field.inverse === entry.field),
		);
		if (others.length !== 1) faults.push(`is the list of ${others.length} relations; it must be one (inverse: ${entry.field})`);
	}
	return faults;
}
