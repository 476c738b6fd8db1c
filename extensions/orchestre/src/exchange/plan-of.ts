import { isAmountUnit } from '../platform/amount.ts';
import { chunks, parseJson, type Host, type Knex, type SchemaOverview } from '../platform/directus.ts';
import { notAllowed } from '../platform/errors.ts';
import type { Person } from './person.ts';
import type { FieldKind, FieldPlan, Plan, Target } from './rules/types.ts';

type FieldRow = {
	field: string;
	interface: string | null;
	options: unknown;
	translations: unknown;
	readonly: unknown;
	required: unknown;
	special: unknown;
	validation: unknown;
	validation_message: string | null;
};
type Overview = SchemaOverview['collections'][string]['fields'][string];
type Words = Map<string, { fr?: string; en?: string }>;
type Options = { choices?: { text: string; value: unknown }[]; unit?: unknown } | null;
type Translation = { language: string; translation: string };

const specialsOfOthers = [
	'date-created',
	'date-updated',
	'user-created',
	'user-updated',
	'o2m',
	'm2m',
	'm2a',
	'translations',
	'no-data',
	'alias',
	'hash',
	'conceal',
];

/** Only text keys can be brought by a file; which those are the schema file says, and the database enforces. */
const uniqueTexts: Readonly<Record<Target, readonly string[]>> = { leads: ['external_id'], companies: ['external_id'], people: ['external_id'] };

/** Texts that labels and choices refer to as `$t:key`. */
async function readWords(database: Knex, keys: readonly string[]): Promise<Words> {
	const words: Words = new Map();
	for (const part of chunks(keys, 200)) {
		const rows = (await database('directus_translations').whereIn('key', part).select('key', 'language', 'value')) as {
			key: string;
			language: string;
			value: string;
		}[];
		for (const { key, language, value } of rows) words.set(key, { ...words.get(key), [language.startsWith('fr') ? 'fr' : 'en']: value });
	}
	return words;
}

const keyOf = (text: string | null | undefined): string | null => (text?.startsWith('$t:') ? text.slice(3) : null);

function kindOf({ type }: Overview, row: FieldRow, options: Options, isReference: boolean): FieldKind | null {
	if (isReference) return 'reference';
	if (row.field === 'country') return 'country';
	if (row.interface === 'orchestre-amount') return 'amount';
	if (type === 'json' || type === 'csv') return row.interface === 'tags' || row.interface?.startsWith('select-multiple') ? 'list' : null;
	if (options?.choices && type === 'string') return 'choice';
	if (type === 'string' || type === 'text') return 'text';
	if (type === 'integer') return 'integer';
	if (type === 'boolean') return 'boolean';
	if (type === 'date') return 'date';
	return type === 'timestamp' || type === 'dateTime' ? 'moment' : null;
}

/** Fields that the person may set on a new row; null: all. Throws when they may create none. */
async function settable(database: Knex, target: Target, { accountability, policies }: Person, label: string): Promise<Set<string> | null> {
	if (accountability.admin) return null;
	const rows = (await database('directus_permissions').whereIn('policy', policies).where({ collection: target, action: 'create' }).select('fields')) as {
		fields: unknown;
	}[];
	if (rows.length === 0) throw notAllowed(`Vos droits ne permettent pas de créer d’éléments dans « ${label} ».`);
	const fields = rows.flatMap(({ fields: list }) => (typeof list === 'string' ? list.split(',') : ((list as string[] | null) ?? [])));
	return fields.includes('*') ? null : new Set(fields);
}

/** The collection as the form knows it today (an administrator may have renamed fields or added choices), and what this person may set. */
export async function planOf(host: Host, target: Target, person: Person): Promise<Plan> {
	const { database } = host;
	const schema = await host.getSchema();
	const overview = schema.collections[target];
	const collection = (await database('directus_collections').where({ collection: target }).first('translations')) as { translations: unknown } | undefined;
	const label = parseJson<Translation[] | null>(collection?.translations)?.find(({ language }) => language.startsWith('fr'))?.translation ?? target;
	const allowed = await settable(database, target, person, label);
	const rows = (await database('directus_fields').where({ collection: target }).orderBy('sort')) as FieldRow[];
	const optionsOf = new Map(rows.map(({ field, options }) => [field, parseJson<Options>(options)]));
	const keys = rows.flatMap(({ field, validation_message }) => [
		keyOf(validation_message),
		...(optionsOf.get(field)?.choices ?? []).map(({ text }) => keyOf(text)),
	]);
	const words = await readWords(
		database,
		keys.filter((key) => key !== null),
	);
	const columns = await database(target).columnInfo();
	const plan: { fields: FieldPlan[]; computed: Plan['computed'][number][] } = { fields: [], computed: [] };

	for (const row of rows) {
		const { field } = row;
		const known = overview?.fields[field];
		if (!known || known.type === 'alias') continue;
		const translations = parseJson<Translation[] | null>(row.translations) ?? [];
		const names = translations
			.toSorted((a, b) => Number(b.language.startsWith('fr')) - Number(a.language.startsWith('fr')))
			.map(({ translation }) => translation);
		const fieldLabel = names[0] ?? field;
		const options = optionsOf.get(field) ?? null;
		const relation = schema.relations.find((one) => one.collection === target && one.field === field);
		const kind = kindOf(known, row, options, Boolean(relation?.related_collection));
		if (row.readonly || !kind || known.special.some((special) => specialsOfOthers.includes(special)) || field === overview?.primary) {
			plan.computed.push({ label: fieldLabel, names: [...names, field] });
			continue;
		}
		const choices = options?.choices?.map(({ text, value }) => {
			const translated = words.get(keyOf(text) ?? '');
			return {
				value: String(value),
				label: translated?.fr ?? text,
				names: [translated?.fr, translated?.en, keyOf(text) ? null : text].filter((name) => typeof name === 'string'),
			};
		});
		const rule = known.validation as Record<string, unknown> | null;
		const message = words.get(keyOf(row.validation_message) ?? '')?.fr ?? row.validation_message;
		const info = columns[field as keyof typeof columns] as { maxLength?: number | string | null } | undefined;
		const max = Number(info?.maxLength ?? 0);
		plan.fields.push({
			field,
			label: fieldLabel,
			kind,
			names,
			allowed: allowed === null || allowed.has(field),
			required: Boolean(row.required) || (!known.nullable && known.defaultValue === null),
			unique: uniqueTexts[target].includes(field),
			...(kind === 'amount' && { unit: isAmountUnit(options?.unit) ? options.unit : 'eur' }),
			...(kind === 'choice' && choices && { choices }),
			...(relation?.related_collection && { to: relation.related_collection }),
			...(kind === 'text' && known.type === 'string' && max > 0 && { max }),
			...(rule && { rule }),
			...(message && { message }),
		});
	}
	return { target, ...plan };
}
