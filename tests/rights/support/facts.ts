import type { Knex } from 'knex';
import type { Actor } from './cast.ts';
import { granted, type Granted } from './declaration.ts';
import { meets, type DatabaseRow, type Follow, type Rule } from './evaluate.ts';
import { tables } from './schema.ts';

const system = ['directus_users', 'directus_files', 'directus_folders'];

/** The database as knex reads it, and what the declaration makes of it for somebody. */
export class Facts {
	readonly rows: ReadonlyMap<string, ReadonlyMap<string, DatabaseRow>>;
	readonly #seen = new Map<string, Map<string, Set<string>>>();
	readonly #granted = new Map<string, Granted[]>();

	constructor(rows: ReadonlyMap<string, ReadonlyMap<string, DatabaseRow>>) {
		this.rows = rows;
	}

	static async read(database: Knex): Promise<Facts> {
		const rows = new Map<string, Map<string, DatabaseRow>>();
		for (const name of [...tables.keys(), ...system]) {
			const key = tables.get(name)?.key ?? 'id';
			const query = database(name).select('*');
			// A change that was allowed is predicted and counted anew some seconds later: whether that is queued by now is chance.
			const all = (await (name === 'jobs' ? query.whereNotIn('kind', ['predictions.touch', 'kpis.touch']) : query)) as DatabaseRow[];
			rows.set(name, new Map(all.map((row) => [String(row[key]), row])));
		}
		return new Facts(rows);
	}

	readonly follow: Follow = (collection, field, id) => {
		const target = tables.get(collection)?.columns.find(({ name }) => name === field)?.target;
		const row = target && id !== null && id !== undefined ? this.rows.get(target)?.get(String(id)) : undefined;
		return target && row ? { collection: target, row } : undefined;
	};

	granted(actor: Actor, collection: string): Granted[] {
		const key = `${actor.label} ${collection}`;
		const made = this.#granted.get(key) ?? [...new Map(actor.roles.flatMap((role) => granted(collection, role)).map((one) => [one, one])).values()];
		this.#granted.set(key, made);
		return made;
	}

	meets(rule: Rule, collection: string, row: DatabaseRow, actor: Actor): boolean {
		return meets(rule, collection, row, actor.me, this.follow);
	}

	/** The rows that somebody sees, with the fields of each. */
	seen(actor: Actor, collection: string): ReadonlyMap<string, Set<string>> {
		const key = `${actor.label} ${collection}`;
		const known = this.#seen.get(key);
		if (known) return known;
		const seen = new Map<string, Set<string>>();
		for (const { read, sees } of this.granted(actor, collection)) {
			if (!read) continue;
			for (const [id, row] of this.rows.get(collection) ?? [])
				if (this.meets(read, collection, row, actor)) seen.set(id, new Set([...(seen.get(id) ?? []), ...sees]));
		}
		this.#seen.set(key, seen);
		return seen;
	}

	may(actor: Actor, collection: string, action: 'read' | 'create' | 'update' | 'delete'): boolean {
		return this.granted(actor, collection).some((one) => one[action] !== undefined);
	}

	/** Whether somebody may change or delete this row. */
	mayTouch(actor: Actor, collection: string, action: 'update' | 'delete', row: DatabaseRow): boolean {
		return this.granted(actor, collection).some((one) => one[action] !== undefined && this.meets(one[action], collection, row, actor));
	}

	fields(actor: Actor, collection: string, which: 'sees' | 'sets' | 'changes'): Set<string> {
		return new Set(this.granted(actor, collection).flatMap((one) => [...one[which]]));
	}
}

/** Rows that differ between two readings of the database, as `table key: columns`. */
export function differences(before: Facts, after: Facts, ignored: ReadonlySet<string> = new Set()): string[] {
	const found: string[] = [];
	for (const [table, rows] of after.rows) {
		const old = before.rows.get(table);
		for (const [id, row] of rows) {
			const was = old?.get(id);
			if (!was) found.push(`${table} ${id}: is new ${JSON.stringify(row).slice(0, 600)}`);
			else {
				const changed = Object.keys(row).filter((column) => !ignored.has(column) && String(row[column]) !== String(was[column]));
				if (changed.length > 0)
					found.push(`${table} ${id}: ${changed.map((column) => `${column} ${String(was[column])} → ${String(row[column])}`).join(', ')}`);
			}
		}
		for (const id of old?.keys() ?? []) if (!rows.has(id)) found.push(`${table} ${id}: is gone`);
	}
	return found;
}
