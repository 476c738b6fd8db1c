import { mergeFiles, readSchemaFiles } from '../../scripts/schema/files.ts';

type Meta = {
	special: string[] | null;
	display: string | null;
	display_options: { template?: string } | null;
	interface: string | null;
	options: Options | null;
};
/** What an interface is told: of the lists of related rows, columns or template, sort and how many at a time. */
export type Options = { template?: string; fields?: string[]; layout?: string; sort?: string; sortDirection?: '+' | '-'; limit?: number };
type Relation = {
	collection: string;
	field: string;
	related_collection: string | null;
	meta: { one_field?: string | null; junction_field?: string | null } | null;
};

/** How the app shows a field: what its display asks of the related row. */
export type Field = {
	collection: string;
	field: string;
	display: string | null;
	template: string | null;
	interface: string | null;
	options: Options;
	target: string | null;
	via: string | null;
};

/** Fields of every collection by name, from schema-snapshots/. `via`: for lists, the related field that points back. */
export function readFields(): Map<string, Map<string, Field>> {
	const { snapshot } = mergeFiles(readSchemaFiles());
	const relations = snapshot.relations as unknown as Relation[];
	const collections = new Map<string, Map<string, Field>>();
	for (const { collection, field, meta } of snapshot.fields as unknown as { collection: string; field: string; meta: Meta }[]) {
		const out = relations.find((relation) => relation.collection === collection && relation.field === field);
		const back = relations.find((relation) => relation.related_collection === collection && relation.meta?.one_field === field);
		const known = collections.get(collection) ?? new Map<string, Field>();
		known.set(field, {
			collection,
			field,
			display: meta.display,
			template: meta.display_options?.template ?? null,
			interface: meta.interface,
			options: meta.options ?? {},
			target: out?.related_collection ?? back?.collection ?? null,
			via: back?.field ?? null,
		});
		collections.set(collection, known);
	}
	return collections;
}

/** `{{first_name}} {{owner.name}}` names first_name and owner.name. */
export const templateFields = (template: string): string[] => [...template.matchAll(/\{\{\s*([^}\s]+)\s*\}\}/g)].map(([, field]) => field ?? '');

const ofUser = ['id', 'avatar.id', 'avatar.modified_on', 'email', 'first_name', 'last_name'];
const ofFile = ['id', 'type', 'title'];

/**
 * The fields that the app asks for to show these: a relation's display brings those of its template along (adjustFieldsForDisplays
 * in @directus/app 11.17). `may` leaves out what the reader may not see.
 */
export function shown(
	fields: readonly string[],
	collection: string,
	all: ReadonlyMap<string, ReadonlyMap<string, Field>>,
	may: (collection: string, field: string) => boolean,
): string[] {
	return fields.flatMap((path): string[] => {
		const [name = '', ...rest] = path.split('.');
		const field = all.get(collection)?.get(name);
		if (!may(collection, name)) return [];
		if (!field) return [path];
		const below = (paths: string[]): string[] => paths.map((one) => `${name}.${one}`);
		if (rest.length > 0) return field.target ? below(shown([rest.join('.')], field.target, all, may)) : [path];
		if (field.display === 'user') return below(ofUser);
		if (field.display === 'file' || field.display === 'image') return below(ofFile);
		if (field.display !== 'related-values' || !field.target) return [name];
		return below([...new Set([...shown(templateFields(field.template ?? ''), field.target, all, may), 'id'])]);
	});
}
