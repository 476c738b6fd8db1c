import type { Actor } from './cast.ts';
import { keptFields } from './declaration.ts';
import type { DatabaseRow } from './evaluate.ts';
import type { Facts } from './facts.ts';
import type { Column, Table } from './schema.ts';
import type { Planter } from './world.ts';

export type Body = Record<string, unknown>;

/** Values that the product's own rules ask of a field, beside its kind. */
const believable: Record<string, unknown> = {
	'planning.ends_at': '2026-03-02T11:00:00Z',
	'time_tracking.minutes': 60,
	'scoring_rules.field': 'country',
	'scoring_rules.operator': 'eq',
	'scoring_rules.value': 'FR',
	'legal_rates.rate': 100,
};

/** A value that a form would take for this column; `number` makes it unlike others. */
export function valueFor(table: string, { name, type, target, unique, entry }: Column, facts: Facts, number: number): unknown {
	const known = believable[`${table}.${name}`];
	if (known !== undefined) return known;
	if (target) return [...(facts.rows.get(target)?.keys() ?? [])][0] ?? null;
	if (entry.choices) return type === 'json' ? entry.choices.slice(0, 1).map(({ value }) => value) : entry.choices[0]?.value;
	if (entry.kind === 'email') return `forme${number}@exemple.fr`;
	if (type === 'uuid') return '11111111-1111-4111-8111-111111111111';
	if (type === 'boolean') return true;
	if (type === 'json') return [];
	if (type === 'date') return '2026-03-02';
	if (type === 'timestamp' || type === 'dateTime') return '2026-03-02T10:00:00Z';
	if (type === 'time') return '10:00:00';
	if (type === 'string' || type === 'text') return `Texte ${number}`;
	return unique ? 50_000 + number : 1;
}

const mustHave = ({ nullable, hasDefault, entry }: Column): boolean => (!nullable && !hasDefault && !entry.kind.endsWith('key')) || entry.required === true;

let number = 0;

/** What a form would send for a new row: what must be given, as far as somebody may set it. */
export function newRow(facts: Facts, actor: Actor, table: Table, over: Body = {}): Body {
	const sets = facts.fields(actor, table.name, 'sets');
	number += 1;
	const body = table.columns
		.filter((column) => mustHave(column) && sets.has(column.name))
		.map((column) => [column.name, valueFor(table.name, column, facts, number)]);
	return { ...(Object.fromEntries(body) as Body), ...over };
}

/** The row as it would be stored: defaults, what the role's line gives, what was sent. */
export function stored(facts: Facts, actor: Actor, table: Table, body: Body): DatabaseRow {
	const presets = Object.assign({}, ...facts.granted(actor, table.name).map(({ given }) => given)) as Body;
	const resolved = Object.entries(presets).map(([field, value]) => [
		field,
		typeof value === 'string' && value.startsWith('$CURRENT_USER') ? (actor.me?.[value.slice('$CURRENT_USER.'.length) || 'id'] ?? null) : value,
	]);
	return { ...(Object.fromEntries(resolved) as Body), ...body };
}

/**
 * New rows that a role's condition takes and refuses: the fields that it asks about, with each of their values, one at a
 * time over what the form would send.
 */
export function conditionedRows(facts: Facts, actor: Actor, table: Table, planter: Planter): { taken: Body[]; refused: Body[] } {
	const rule = facts.granted(actor, table.name).find(({ create }) => create)?.create;
	const sets = facts.fields(actor, table.name, 'sets');
	const tries: Body[] = [{}];
	for (const path of planter.paths(table)) {
		if (path.includes('.') || !sets.has(path)) continue;
		for (const value of planter.domain(table, [path])) if (typeof value !== 'object' || value === null) tries.push({ [path]: value });
	}
	const rows = tries.map((over) => newRow(facts, actor, table, over));
	const meets = (body: Body): boolean => rule !== undefined && facts.meets(rule, table.name, stored(facts, actor, table, body), actor);
	return { taken: rows.filter((body) => meets(body)), refused: rows.filter((body) => !meets(body)) };
}

/** A field that may be changed without anything following from it, and a new value for it. */
export function harmlessChange(facts: Facts, actor: Actor, table: Table, planter: Planter): Body | null {
	const asked = new Set(planter.paths(table).map((path) => path.split('.')[0]));
	const changes = facts.fields(actor, table.name, 'changes');
	const column = table.columns.filter(
		({ name, target, unique, entry }) =>
			changes.has(name) && !asked.has(name) && !target && !unique && !entry.validation && !believable[`${table.name}.${name}`],
	);
	const plain =
		column.find(({ type, entry }) => type === 'text' && entry.kind !== 'template') ?? column.find(({ entry }) => entry.kind === 'text') ?? column[0];
	number += 1;
	return plain ? { [plain.name]: valueFor(table.name, plain, facts, number) } : null;
}

/** Every field of a table that somebody may not write, lists included, with a value that a forger would send. */
export function forgeries(facts: Facts, actor: Actor, table: Table, which: 'sets' | 'changes'): Body[] {
	const open = facts.fields(actor, table.name, which);
	const kept = keptFields(table.name);
	const columns = table.columns
		.filter(({ name }) => !open.has(name) && name !== table.key)
		.map((column) => ({ [column.name]: valueFor(table.name, column, facts, ++number) }));
	const lists = table.lists.filter(({ field }) => table.fields.includes(field) && !open.has(field)).map(({ field }) => ({ [field]: [] }));
	return [
		...columns,
		...lists,
		...[...kept]
			.filter((field) => field === table.key)
			.slice(0, which === 'changes' ? 1 : 0)
			.map((field) => ({ [field]: '22222222-2222-4222-8222-222222222222' })),
	];
}
