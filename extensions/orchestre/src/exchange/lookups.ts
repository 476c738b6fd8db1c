import { chunks, type Host, type Knex } from '../platform/directus.ts';
import { companyKey, nameKey } from '../platform/input/name-keys.ts';
import { isUuid } from '../platform/input/fields.ts';
import { toSiren } from '../platform/input/siren.ts';
import { collapse, fold } from '../platform/text.ts';
import type { Person } from './person.ts';
import type { Answers, Questions } from './rules/check.ts';
import type { Plan } from './rules/types.ts';

type Row = Record<string, unknown> & { id: string };
/** A column by which rows are found, and how the words of a file become its value. */
type Way = { column: string; of: (words: string) => string | null };

/** Big collections are asked by their keys; they are stored normalised, so the words are normalised alike. */
const ways: Record<string, readonly Way[]> = {
	companies: [
		{ column: 'id', of: (words) => (isUuid(words) ? words.toLowerCase() : null) },
		{ column: 'siren', of: toSiren },
		{ column: 'external_id', of: (words) => words },
		{ column: 'name_key', of: companyKey },
	],
	people: [
		{ column: 'id', of: (words) => (isUuid(words) ? words.toLowerCase() : null) },
		{ column: 'email', of: (words) => (words.includes('@') ? words.toLowerCase() : null) },
		{ column: 'external_id', of: (words) => words },
		{ column: 'name_key', of: nameKey },
	],
};

/** Small collections are read whole, up to so many rows. */
const wholeUpTo = 5000;
const namingFields = ['email', 'code', 'sku', 'reference', 'number', 'external_id', 'name', 'title', 'label'];

type Reader = { readByQuery: (query: Record<string, unknown>) => Promise<Record<string, unknown>[]> };
/** Finds the keys of rows that the words mean. */
type Finder = (words: string) => ReadonlySet<string>;

const nothing: ReadonlySet<string> = new Set();

class Index {
	readonly #keys = new Map<string, Set<string>>();
	add(name: unknown, id: string): void {
		if (typeof name !== 'string' || !name.trim()) return;
		const key = fold(collapse(name));
		this.#keys.set(key, (this.#keys.get(key) ?? new Set()).add(id));
	}
	get = (name: string): ReadonlySet<string> => this.#keys.get(fold(collapse(name))) ?? nothing;
}

async function byKeys(service: Reader, list: readonly Way[], asked: readonly string[]): Promise<Finder> {
	const indexes = new Map(list.map(({ column }) => [column, new Index()]));
	for (const { column, of } of list) {
		const values = [...new Set(asked.map(of).filter((value) => value !== null))];
		for (const part of chunks(values, 400)) {
			const rows = (await service.readByQuery({ fields: ['id', column], filter: { [column]: { _in: part } }, limit: -1 })) as Row[];
			for (const row of rows) indexes.get(column)?.add(row[column], row.id);
		}
	}
	return (words) => {
		for (const { column, of } of list) {
			const value = of(words);
			const found = value === null ? nothing : (indexes.get(column)?.get(value) ?? nothing);
			if (found.size > 0) return found;
		}
		return nothing;
	};
}

async function byNames(service: Reader, fields: readonly string[], isUsers: boolean): Promise<Finder> {
	const index = new Index();
	const rows = (await service.readByQuery({ fields: ['id', ...fields, ...(isUsers ? ['first_name', 'last_name'] : [])], limit: wholeUpTo })) as Row[];
	for (const row of rows) {
		const id = String(row.id);
		index.add(id, id);
		for (const field of fields) index.add(row[field], id);
		if (isUsers) {
			index.add(`${String(row['first_name'] ?? '')} ${String(row['last_name'] ?? '')}`, id);
			index.add(`${String(row['last_name'] ?? '')} ${String(row['first_name'] ?? '')}`, id);
		}
	}
	return index.get;
}

async function takenValues(database: Knex, table: string, field: string, values: readonly string[]): Promise<string[]> {
	const taken: string[] = [];
	for (const part of chunks(values, 500)) taken.push(...((await database(table).whereIn(field, part).pluck(field)) as string[]));
	return taken;
}

/**
 * Answers what a file asks of the database. Rows of other collections are read with the rights of the person who imports, so that
 * a name in a file tells nothing that they could not see; two rows of one name are a fault, never a guess.
 */
export async function answerQuestions(host: Host, plan: Plan, person: Person, { references, uniques }: Questions): Promise<Answers> {
	const schema = await host.getSchema();
	const answers: Answers = { references: {}, taken: {} };
	for (const [field, asked] of Object.entries(references)) {
		const { to = '', label = field } = plan.fields.find((one) => one.field === field) ?? {};
		const fields = Object.keys(schema.collections[to]?.fields ?? {});
		const service: Reader = new host.services.ItemsService(to, { schema, knex: host.database, accountability: person.accountability });
		const known = ways[to];
		const find = known
			? await byKeys(service, known, asked)
			: await byNames(
					service,
					namingFields.filter((name) => fields.includes(name)),
					to === 'directus_users',
				);
		answers.references[field] = Object.fromEntries(
			asked.map((words) => {
				const [id, another] = find(words);
				if (id === undefined) return [words, { fault: `« ${label} » : rien ne s’appelle « ${words.slice(0, 60)} » dans Orchestre.` }];
				if (another !== undefined)
					return [
						words,
						{ fault: `« ${label} » : plusieurs fiches s’appellent « ${words.slice(0, 60)} » ; donnez plutôt un e-mail, un SIREN ou un identifiant.` },
					];
				return [words, { id }];
			}),
		);
	}
	for (const [field, values] of Object.entries(uniques)) answers.taken[field] = await takenValues(host.database, plan.target, field, values);
	return answers;
}
