import { parseJson, type Knex } from './directus.ts';

type Translation = { language: string; translation?: string; singular?: string; plural?: string };

const french = (translations: unknown): Translation | undefined =>
	parseJson<Translation[] | null>(translations)?.find(({ language }) => language.startsWith('fr'));

/** What people call a field, as the form shows it today (an administrator may have renamed it). */
export async function fieldLabels(database: Knex, collection: string, fields: readonly string[]): Promise<Map<string, string>> {
	const rows = (await database('directus_fields').where({ collection }).whereIn('field', fields).select('field', 'translations')) as {
		field: string;
		translations: unknown;
	}[];
	const known = new Map(rows.map(({ field, translations }) => [field, french(translations)?.translation]));
	return new Map(fields.map((field) => [field, known.get(field) ?? field]));
}

/** A collection's names for counting its rows, and whether its rows can be archived. */
export type CollectionWords = { one: string; many: string; archivable: boolean };

/** French names of collections, in lower case as they stand inside a sentence. */
export async function collectionWords(database: Knex, collections: readonly string[]): Promise<Map<string, CollectionWords>> {
	const rows = (await database('directus_collections').whereIn('collection', collections).select('collection', 'translations', 'archive_field')) as {
		collection: string;
		translations: unknown;
		archive_field: string | null;
	}[];
	return new Map(
		rows.map(({ collection, translations, archive_field }) => {
			const words = french(translations);
			const [one, many] = [words?.singular ?? words?.translation ?? collection, words?.plural ?? words?.translation ?? collection];
			return [collection, { one: inSentence(one), many: inSentence(many), archivable: archive_field !== null }];
		}),
	);
}

/** `Passage d’étape` → `passage d’étape`; abbreviations keep their capitals. */
const inSentence = (name: string): string => (/^\p{Lu}\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1));
