/** The parts of a Directus schema snapshot (PostgreSQL flavour) that the per-collection files are expanded to. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type SnapshotCollection = { collection: string; meta: JsonObject; schema?: { name: string } | null };
export type SnapshotField = { collection: string; field: string; type: string; meta: JsonObject; schema: JsonObject | null };
export type SnapshotRelation = {
	collection: string;
	field: string;
	related_collection: string | null;
	meta: JsonObject;
	schema: JsonObject | null;
};

export type Snapshot = {
	version: number;
	directus: string;
	vendor: string;
	collections: SnapshotCollection[];
	fields: SnapshotField[];
	systemFields: JsonObject[];
	relations: SnapshotRelation[];
};

/** What one collection contributes to a snapshot. `collection` is null for a system collection that is only extended. */
export type CollectionParts = { collection: SnapshotCollection | null; fields: SnapshotField[]; relations: SnapshotRelation[] };

/** A text in the two languages of the product. */
export type Bilingual = { fr: string; en: string };

/** Custom translations: key (without `$t:`) to text; they become rows of directus_translations. */
export type Texts = Map<string, Bilingual>;
