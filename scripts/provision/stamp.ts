import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { directusVersion } from '../schema/files.ts';
import { root } from '../support/environment.mjs';

/** What an instance remembers of the last provision, in a table that Directus does not show (DB_EXCLUDE_TABLES). */
export type Provision = {
	/** Hash of the sources that it was made from. */
	stamp: string;
	/** Whether the demo company is there: never put into a company that started empty or has removed it. */
	demo: 'on' | 'off';
};

const table = 'orchestre_provision';
export const sources = [
	'schema-snapshots',
	'seeds',
	'extensions/migrations',
	'scripts/schema',
	'scripts/seed',
	'scripts/provision',
	'scripts/demo',
	'extensions/orchestre/package.json',
	// What KPIs are is told by their code.
	'extensions/orchestre/src/analytics/kpis',
];

/** Hash of all that decides what a provisioned database holds. */
export function sourceStamp(folders = sources): string {
	const hash = createHash('sha256').update(directusVersion);
	for (const source of folders)
		for (const file of filesOf(source))
			hash
				.update(file)
				.update('\0')
				.update(readFileSync(join(root, file)));
	return hash.digest('hex');
}

function filesOf(source: string): string[] {
	const path = join(root, source);
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [source];
	return readdirSync(path, { recursive: true, encoding: 'utf8' })
		.filter((name) => !name.endsWith('.test.ts') && statSync(join(path, name)).isFile())
		.map((name) => `${source}/${name.replaceAll('\\', '/')}`)
		.toSorted();
}

export async function readProvision(database: Knex): Promise<Provision | null> {
	if (!(await database.schema.hasTable(table))) return null;
	const rows: { name: string; value: string }[] = await database(table).select('name', 'value');
	const values = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
	return values.stamp ? { stamp: values.stamp, demo: values.demo === 'on' ? 'on' : 'off' } : null;
}

export async function writeProvision(database: Knex, provision: Partial<Provision>): Promise<void> {
	if (!(await database.schema.hasTable(table))) {
		await database.schema.createTable(table, (columns) => {
			columns.string('name', 32).primary();
			columns.string('value', 255).notNullable();
		});
	}
	for (const [name, value] of Object.entries(provision)) await database(table).insert({ name, value }).onConflict('name').merge();
}
