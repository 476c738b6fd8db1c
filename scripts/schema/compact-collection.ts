import { isDeepStrictEqual } from 'node:util';
import { collectionMeta, textKey } from './expand.ts';
import type { CollectionFile } from './file-format.ts';
import { difference, isObject } from './merge.ts';
import type { Json, SnapshotCollection, Texts } from './snapshot.ts';

type Head = Omit<CollectionFile, 'fields'>;

/** What a file says of its collection itself; the inverse of `collectionMeta`. */
export function collectionHead({ collection, meta, schema }: SnapshotCollection, texts: Texts): Head {
	const note = meta.note === `$t:${textKey(collection, 'note')}` ? texts.get(textKey(collection, 'note')) : undefined;
	const label = labelOf(meta.translations);
	const head: Head = {
		collection,
		...(!schema && { folder: true }),
		...(label && { label }),
		...(note && { note }),
		...text('icon', meta.icon),
		...text('color', meta.color),
		...text('group', meta.group),
		...(typeof meta.sort === 'number' && { sort: meta.sort }),
		...(meta.hidden === true && { hidden: true }),
		...text('template', meta.display_template),
		...(typeof meta.archive_field === 'string' &&
			typeof meta.archive_value === 'string' &&
			typeof meta.unarchive_value === 'string' && { archive: { field: meta.archive_field, value: meta.archive_value, back: meta.unarchive_value } }),
		...text('sort_field', meta.sort_field),
		...(meta.singleton === true && { singleton: true }),
		...(Array.isArray(meta.item_duplication_fields) &&
			meta.item_duplication_fields.every((name) => typeof name === 'string') && { duplicates: meta.item_duplication_fields }),
	};
	const over = difference(collectionMeta(head, new Map()), meta);
	return over ? { ...head, meta: over } : head;
}

const text = (key: keyof Head, value: Json | undefined): Partial<Head> => (typeof value === 'string' && value !== '' ? { [key]: value } : {});

function labelOf(translations: Json | undefined): Head['label'] {
	if (!Array.isArray(translations)) return undefined;
	const [en, fr] = translations;
	if (!isObject(en) || !isObject(fr)) return undefined;
	const label = {
		fr: String(fr.translation),
		en: String(en.translation),
		...(fr.singular !== fr.translation && { fr_one: String(fr.singular) }),
		...(en.singular !== en.translation && { en_one: String(en.singular) }),
	};
	const said = collectionMeta({ collection: '', label }, new Map()).translations;
	return label.fr && label.en && isDeepStrictEqual(said, translations) ? label : undefined;
}
