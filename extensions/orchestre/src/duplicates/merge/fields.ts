import { chunks, parseJson, systemAccountability, type Host, type Knex, type SchemaOverview } from '../../platform/directus.ts';
import { carried, defaultSide, isEmpty, sets, settled, type Side, type Values } from '../rules/choose.ts';
import type { Kind } from '../rules/kinds.ts';
import { allowedFields, mayUse, type Actor } from './actor.ts';

type Choice = { value: unknown; text: string };
/** One field of a record that people fill in; `set`: the fields that go with it. `mine`: the caller may see and change it. */
export type Field = {
	field: string;
	set: readonly string[];
	label: string;
	isText: boolean;
	unit: string | null;
	type: string;
	related: string | null;
	choices: readonly Choice[];
	parts: readonly Field[];
	visible: boolean;
	mine: boolean;
};

type Meta = { field: string; readonly: unknown; interface: string | null; translations: unknown; options: unknown; special: unknown; sort: number | null };
type Options = { choices?: Choice[]; unit?: string } | null;
type Translation = { language: string; translation: string };

const labelOf = (meta: Meta): string =>
	parseJson<Translation[] | null>(meta.translations ?? null)?.find(({ language }) => language.startsWith('fr'))?.translation ?? meta.field;

/** Words of choices are kept as references (`$t:key`), which the app resolves; here it is done for French. */
async function frenchChoices(knex: Knex, metas: readonly Meta[]): Promise<(choices: readonly Choice[]) => Choice[]> {
	const asked = metas
		.flatMap((meta) => parseJson<Options>(meta.options ?? null)?.choices ?? [])
		.flatMap(({ text }) => (text.startsWith('$t:') ? text.slice(3) : []));
	const words = new Map<string, string>();
	for (const part of chunks([...new Set(asked)], 500))
		for (const { key, value } of (await knex('directus_translations').where({ language: 'fr-FR' }).whereIn('key', part).select('key', 'value')) as {
			key: string;
			value: string;
		}[])
			words.set(key, value);
	return (choices) => choices.map(({ value, text }) => ({ value, text: words.get(text.replace(/^\$t:/, '')) ?? text }));
}

/** The fields that a merge is about, in the order of the form: those that people write, sets once. */
export async function fieldsOf(knex: Knex, schema: SchemaOverview, kind: Kind, actor: Actor): Promise<Field[]> {
	const all = await allFields(knex, schema, kind, actor);
	const followers = new Set(sets[kind].flatMap(([, ...more]) => more));
	const byName = new Map(all.map((field) => [field.field, field]));
	return all.flatMap((field) => (followers.has(field.field) ? [] : [{ ...field, parts: field.set.flatMap((name) => byName.get(name) ?? []) }]));
}

async function allFields(knex: Knex, schema: SchemaOverview, kind: Kind, actor: Actor): Promise<Field[]> {
	const metas = (await knex('directus_fields').where({ collection: kind }).orderBy('sort').orderBy('id')) as Meta[];
	const [seen, changed] = [await allowedFields(knex, actor, kind, 'read'), await allowedFields(knex, actor, kind, 'update')];
	const overview = schema.collections[kind]?.fields ?? {};
	const french = await frenchChoices(knex, metas);
	return metas.flatMap((meta): Field[] => {
		const known = overview[meta.field];
		const special = String(meta.special ?? '');
		if (!known || known.alias || meta.readonly || settled[kind].includes(meta.field) || /date-|user-/.test(special)) return [];
		const set = sets[kind].find(([first]) => first === meta.field) ?? [meta.field];
		const options = parseJson<Options>(meta.options ?? null);
		const related = schema.relations.find(({ collection, field }) => collection === kind && field === meta.field)?.related_collection ?? null;
		return [
			{
				field: meta.field,
				set,
				label: labelOf(meta),
				isText: known.type === 'text' && meta.field !== 'email_consent_proof',
				unit: meta.interface === 'orchestre-phone' ? 'phone' : (options?.unit ?? null),
				type: known.type,
				related,
				choices: french(options?.choices ?? []),
				parts: [],
				visible: set.every((field) => mayUse(seen, field)),
				mine: set.every((field) => mayUse(changed, field)),
			},
		];
	});
}

/** Both records as Directus gives them to whoever sees everything: dates as ISO text, json as values. */
export async function readBoth(host: Host, knex: Knex, schema: SchemaOverview, kind: Kind, ids: readonly [string, string]): Promise<[Values, Values]> {
	const columns = Object.values(schema.collections[kind]?.fields ?? {}).flatMap(({ field, alias }) => (alias ? [] : [field]));
	const service = new host.services.ItemsService(kind, { knex, schema, accountability: systemAccountability() });
	const rows = (await service.readMany([...ids], { fields: columns }, { emitEvents: false })) as Values[];
	const [one, other] = ids.map((id) => rows.find((row) => row['id'] === id));
	return [one ?? {}, other ?? {}];
}

export type Choices = Readonly<Record<string, Side>>;

/** Whose value each field gets: as the caller chose where they may, else by the rules. */
export function sidesFor(fields: readonly Field[], kept: Values, gone: Values, choices: Choices): Map<Field, Side> {
	return new Map(fields.map((field) => [field, (field.mine && choices[field.field]) || defaultSide(field.field, kept, gone, field.isText)]));
}

/** Whether the two records differ in a field, or in what goes with it. */
export const differs = ({ set }: Field, kept: Values, gone: Values): boolean =>
	set.some((field) => JSON.stringify(kept[field] ?? null) !== JSON.stringify(gone[field] ?? null) && !(isEmpty(kept[field]) && isEmpty(gone[field])));

/** Columns that only the product writes, taken over where the kept record lacks them. */
export const carriedValues = (kind: Kind, kept: Values, gone: Values): Values =>
	Object.fromEntries(
		carried[kind].filter((field) => isEmpty(kept[field]) && !isEmpty(gone[field]) && gone[field] !== kept['id']).map((field) => [field, gone[field]]),
	);
