import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { rights } from '../../../seeds/rights/index.ts';
import { roleIds } from '../../../seeds/ids.ts';
import type { Cast } from './cast.ts';
import { groupsOf, type DatabaseRow, type Rule } from './evaluate.ts';
import { tableNamed, tables, type Column, type Table } from './schema.ts';

type Assignment = Record<string, unknown>;

/** Columns that say whose a row is: they vary in every table that has them, whether a rule asks or not. */
const belongings = ['owner', 'team', 'user_created', 'assignee', 'manager', 'user', 'person', 'requester', 'approver', 'reseller', 'role'];

/** What a planted row must not be: work that the worker would take up, criteria that would score leads. */
const quiet: Record<string, DatabaseRow> = { jobs: { state: 'failed' }, scoring_rules: { active: false }, inbound_events: { state: 'ignored' } };

const subjects = ['lead', 'opportunity', 'company', 'project', 'milestone', 'ticket', 'invoice', 'document'];
/** Checks of the database that a random row could hit. */
const holds = (table: string, row: DatabaseRow): boolean => table !== 'tasks' || subjects.filter((field) => row[field]).length <= 1;

/** The word that planted texts hold, so that a search can tell which field answered. */
export const tokenOf = (field: string): string => `q7${field.replaceAll('_', '')}7q`;

/** A small generator of repeatable numbers below `limit` (mulberry32). */
function dice(seed: number): (limit: number) => number {
	let state = seed;
	return (limit) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
	};
}

/**
 * Plants rows of each kind that any rule tells apart. For every table, the columns that its rules compare (its own and
 * those of the rows it belongs to) vary one at a time from a row that is a stranger's, then in pairs where a rule asks
 * for both, then at random (same each time).
 */
export class Planter {
	#database: Knex;
	readonly #cast: Cast;
	readonly #made = new Map<string, Promise<string>>();
	#number = 0;

	constructor(database: Knex, cast: Cast) {
		this.#database = database;
		this.#cast = cast;
	}

	/** Somebody of another team. */
	get stranger(): string {
		return this.#cast.stranger;
	}

	async plantAll(random = 8): Promise<void> {
		const database = this.#database;
		// One transaction: on SQLite each would wait for the disk.
		await database.transaction(async (trx) => {
			this.#database = trx;
			for (const table of tables.values()) await this.#plantKinds(table, random);
		});
		this.#database = database;
	}

	/** Plants a row that is a stranger's but for `assignment` (path → value); the same one is planted once. Returns its key. */
	plant(table: string, assignment: Assignment = {}): Promise<string> {
		const key = `${table} ${JSON.stringify(Object.entries(assignment).toSorted())}`;
		const made = this.#made.get(key) ?? this.#insert(tableNamed(table), assignment);
		this.#made.set(key, made);
		return made;
	}

	/** Values that a path is tried with; the first is the stranger's. */
	domain(table: Table, [field = '', ...rest]: readonly string[]): unknown[] {
		const column = table.columns.find(({ name }) => name === field);
		if (!column) throw new Error(`${table.name} has no column ${field}`);
		if (rest.length > 0) return this.domain(tableNamed(column.target ?? ''), rest);
		return this.#values(table, column).filter((value) => value !== null || column.nullable);
	}

	/** The paths that the rules of a table compare, and those of `belongings` that it has. */
	paths(table: Table): string[] {
		const asked = rulesOf(table.name).flatMap((rule) =>
			groupsOf(rule)
				.flat()
				.map(({ path }) => this.#path(table, path)),
		);
		const own = table.columns.filter(({ name, target, unique }) => target && !unique && belongings.includes(name)).map(({ name }) => name);
		const heads = asked.filter((path) => path.includes('.')).map((path) => path.slice(0, path.indexOf('.')));
		return [...new Set([...own, ...asked, ...heads])];
	}

	/** A path as it is varied: people are not planted, so "the user's team" varies by who the user is. */
	#path(table: Table, path: readonly string[]): string {
		return (this.#target(table, path[0] ?? '').startsWith('directus_') ? path.slice(0, 1) : path).join('.');
	}

	#values(table: Table, { name, type, target, entry }: Column): unknown[] {
		const { actors, colleague, stranger, team, company } = this.#cast;
		if (target === 'directus_users') return [stranger, ...actors.flatMap(({ id }) => id ?? []), colleague, null];
		if (target === 'teams') return [team.other, team.mine, null];
		if (target === 'directus_roles') return [roleIds.administrator, ...actors.flatMap(({ roles }) => roles.slice(0, 1).map((role) => roleIds[role])), null];
		if (name === 'reseller') return [company.other, company.mine, null];
		if (target) return [null, { of: target }];
		if (type === 'boolean') return [false, true];
		const asked = rulesOf(table.name).flatMap((rule) =>
			groupsOf(rule)
				.flat()
				.filter(({ path }) => path.join('.') === name)
				.flatMap(({ operand }) => operand),
		);
		const named = [...new Set(asked.filter((value) => typeof value === 'string'))];
		const others = (entry.choices ?? []).map(({ value }) => value).filter((value) => !named.includes(String(value)));
		return [...others.slice(0, 1), ...named];
	}

	async #plantKinds(table: Table, random: number): Promise<void> {
		if (table.singleton) return;
		const paths = this.paths(table);
		const domains = new Map(paths.map((path) => [path, this.#headed(table, path)]));
		const assignments: Assignment[] = [{}];
		const vary = (path: string): unknown[] => domains.get(path) ?? [];
		for (const path of paths) for (const value of vary(path).slice(1)) assignments.push({ [path]: value });
		for (const [first, second] of this.#pairs(table))
			for (const one of vary(first).slice(1)) for (const other of vary(second).slice(1)) assignments.push({ [first]: one, [second]: other });
		const roll = dice(table.name.length);
		for (let count = 0; count < random; count++)
			assignments.push(Object.fromEntries(paths.map((path) => [path, vary(path)[roll(vary(path).length || 1)]]).filter(([, value]) => value !== undefined)));
		for (const assignment of assignments) await this.plant(table.name, assignment);
	}

	/** Paths that some rule asks about at once. */
	#pairs(table: Table): [string, string][] {
		const pairs = new Map<string, [string, string]>();
		for (const group of rulesOf(table.name).flatMap((rule) => groupsOf(rule))) {
			const paths = [...new Set(group.map(({ path }) => this.#path(table, path)))];
			for (const [index, first] of paths.entries()) for (const second of paths.slice(index + 1)) pairs.set(`${first} ${second}`, [first, second]);
		}
		return [...pairs.values()];
	}

	/** The domain of a path; a relation whose row is asked about is by itself there or not. */
	#headed(table: Table, path: string): unknown[] {
		const isHead = rulesOf(table.name).some((rule) =>
			groupsOf(rule)
				.flat()
				.some((part) => this.#path(table, part.path).startsWith(`${path}.`)),
		);
		if (!isHead) return this.domain(table, path.split('.'));
		return table.columns.find(({ name }) => name === path)?.nullable ? [undefined, null] : [undefined];
	}

	async #insert(table: Table, assignment: Assignment): Promise<string> {
		const number = ++this.#number;
		const row: DatabaseRow = {};
		const heads = new Map<string, Assignment>();
		for (const path of this.paths(table)) {
			const [head = '', ...rest] = path.split('.');
			if (rest.length > 0) heads.set(head, heads.get(head) ?? {});
			else row[head] = this.#headed(table, path)[0];
		}
		for (const [path, value] of Object.entries(assignment)) {
			const [head = '', ...rest] = path.split('.');
			if (rest.length > 0) heads.set(head, { ...heads.get(head), [rest.join('.')]: value });
			else row[head] = value;
		}
		for (const [head, inner] of heads) if (row[head] === undefined) row[head] = await this.plant(this.#target(table, head), inner);
		for (const [field, value] of Object.entries(row)) if (isReference(value)) row[field] = await this.#someRow(value.of);
		for (const column of table.columns) if (row[column.name] === undefined) row[column.name] = await this.#filler(column, number);
		Object.assign(row, pick(quiet[table.name] ?? {}, table));
		if (!holds(table.name, row)) return '';
		const written = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
		// A person has one workload: a second one is not planted.
		await this.#database(table.name).insert(written).onConflict().ignore();
		return String(row[table.key]);
	}

	#target(table: Table, field: string): string {
		return table.columns.find(({ name }) => name === field)?.target ?? '';
	}

	/** Any row of a collection, Directus's own included. */
	async #someRow(collection: string): Promise<string | null> {
		if (collection === 'directus_users') return this.#cast.stranger;
		if (collection === 'directus_files') {
			const id = randomUUID();
			await this.#database('directus_files').insert({ id, storage: 'local', filename_download: 'planted.txt', type: 'text/plain' });
			return id;
		}
		if (collection.startsWith('directus_')) return null;
		return this.plant(collection);
	}

	/** A value for a column that no rule asks about: nothing, unless it must have one or can hold a word to search for. */
	async #filler({ name, type, target, nullable, hasDefault, unique, maxLength, searchable, entry }: Column, number: number): Promise<unknown> {
		if (entry.kind === 'key') return randomUUID();
		if (entry.kind === 'serial-key') return undefined;
		const mark = unique ? `${tokenOf(name)} ${number}` : tokenOf(name);
		// What the product keeps in order to go on from there is not a place for words.
		if (/^(treated|counted)_/.test(name)) return undefined;
		if (!target && !entry.choices && searchable && !hasDefault && mark.length <= (maxLength ?? 255)) return mark;
		if (nullable || hasDefault) return undefined;
		if (target) return this.#someRow(target);
		if (entry.choices) return entry.choices[0]?.value;
		if (type === 'uuid') return randomUUID();
		if (type === 'string' || type === 'text') return `${number}`.slice(0, maxLength ?? 255);
		if (type === 'date') return '2026-03-02';
		if (type === 'timestamp' || type === 'dateTime') return new Date('2026-03-02T09:00:00Z');
		if (type === 'json') return '[]';
		return unique ? 1000 + number : 1;
	}
}

const isReference = (value: unknown): value is { of: string } => typeof value === 'object' && value !== null && 'of' in value;
const pick = (row: DatabaseRow, table: Table): DatabaseRow =>
	Object.fromEntries(Object.entries(row).filter(([field]) => table.columns.some(({ name }) => name === field)));

function rulesOf(collection: string): Rule[] {
	return Object.values(rights[collection] ?? {}).flatMap((line) => {
		if (typeof line !== 'object') return [];
		const { read, create, update, delete: remove, keeps } = line as Record<string, Rule | undefined>;
		return [read, create, update, remove, keeps].filter((rule) => rule !== undefined);
	});
}
