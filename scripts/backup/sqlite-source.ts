import { existsSync } from 'node:fs';
import { join } from 'node:path';
import knex from 'knex';
import type { Knex } from 'knex';
import { BackupFailure } from './failure.ts';
import type { Table } from './manifest.ts';
import { quoted } from './source.ts';
import type { SchemaScript, Source, Value } from './source.ts';

/** Part of sqlite3's own interface that knex does not pass on: SQLite's online backup. */
type Copying = { step: (pages: number, done: (error: Error | null) => void) => void; finish: (done: () => void) => void };
type RawConnection = { backup: (file: string, done: (error: Error | null) => void) => Copying; configure: (option: 'busyTimeout', ms: number) => void };

const openFile = (filename: string): Knex => knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true, pool: { min: 1, max: 1 } });

const settled = (work: (done: (error: Error | null) => void) => void): Promise<void> =>
	new Promise((resolve, reject) => work((error) => (error ? reject(error) : resolve())));

/**
 * Copies the database file as of one moment, all pages in one step: with a rollback journal writers wait for the time of
 * a file copy, with WAL they do not notice.
 */
async function copyDatabase(from: string, to: string): Promise<void> {
	const database = openFile(from);
	try {
		const connection = (await database.client.acquireConnection()) as RawConnection;
		try {
			connection.configure('busyTimeout', 30_000);
			let copying: Copying | undefined;
			await settled((done) => (copying = connection.backup(to, done)));
			try {
				await settled((done) => copying?.step(-1, done));
			} finally {
				// Also after a full disk: a copy that is not finished keeps its connection for ever.
				await new Promise<void>((resolve) => copying?.finish(resolve));
			}
		} finally {
			await database.client.releaseConnection(connection);
		}
	} finally {
		await database.destroy();
	}
}

type Master = { type: string; name: string; tbl_name: string; sql: string | null };

async function readSchema(database: Knex): Promise<{ schema: SchemaScript; tables: string[] }> {
	const all = (await database('sqlite_master').select('type', 'name', 'tbl_name', 'sql').orderBy('rowid')) as Master[];
	const ours = all.filter(({ name }) => !name.startsWith('sqlite_'));
	const odd = ours.find(({ type, sql }) => type === 'table' && /^create\s+virtual|\bwithout\s+rowid\b/i.test(sql ?? ''));
	if (odd) throw new BackupFailure(`La table « ${odd.name} » est d’un genre que la sauvegarde ne sait pas refaire (virtuelle ou sans rowid).`);
	const of = (type: string): string[] => ours.filter((one) => one.type === type).flatMap(({ sql }) => sql ?? []);
	const hasCounters = all.some(({ name }) => name === 'sqlite_sequence');
	const counters = hasCounters ? ((await database('sqlite_sequence').select('name', 'seq')) as { name: string; seq: number }[]) : [];
	const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
	const resume = counters.flatMap(({ name, seq }) => [
		`delete from sqlite_sequence where name = ${literal(name)}`,
		`insert into sqlite_sequence (name, seq) values (${literal(name)}, ${Number(seq)})`,
	]);
	const analysed = all.some(({ name }) => name === 'sqlite_stat1') ? ['analyze'] : [];
	return {
		schema: { before: of('table'), after: [...of('index'), ...of('view'), ...of('trigger'), ...resume, ...analysed] },
		tables: ours.filter(({ type }) => type === 'table').map(({ name }) => name),
	};
}

function valueOf(value: unknown, table: string): Value {
	if (value === null || typeof value === 'string') return value;
	if (Buffer.isBuffer(value)) return { b64: value.toString('base64') };
	// Beyond this the driver has lost digits already: better no backup than a wrong one.
	if (typeof value === 'number' && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value;
	throw new BackupFailure(`La table « ${table} » contient un nombre trop grand pour être sauvegardé fidèlement.`);
}

async function* readRows(database: Knex, { name, columns }: Table): AsyncGenerator<Value[][]> {
	const list = columns.map((column, index) => `${quoted(column.name)} as c${index}`).join(', ');
	for (let after = Number.MIN_SAFE_INTEGER; ;) {
		// Without bindings, for which knex would read a question mark in a name.
		const rows = (await database.raw(`select rowid as r, ${list} from ${quoted(name)} where rowid > ${after} order by rowid limit 1000`)) as Record<
			string,
			unknown
		>[];
		if (rows.length > 0) yield rows.map((row) => columns.map((_column, index) => valueOf(row[`c${index}`], name)));
		if (rows.length < 1000) return;
		after = Number(rows.at(-1)?.['r']);
	}
}

async function columnsOf(database: Knex, table: string): Promise<Table> {
	const columns = (await database.raw(`pragma table_xinfo(${quoted(table)})`)) as { name: string; type: string; hidden: number }[];
	// Generated columns (hidden 2, 3) follow from the others.
	return { name: table, columns: columns.filter(({ hidden }) => hidden === 0).map(({ name, type }) => ({ name, type: type.toLowerCase() })) };
}

/** The SQLite database `file` as of now, read from a copy in `workFolder`, which the caller removes. */
export async function openSqliteSource(file: string, workFolder: string): Promise<Source> {
	if (!existsSync(file)) throw new BackupFailure(`Il n’y a pas de base de données à sauvegarder (${file}).`);
	const copy = join(workFolder, 'snapshot.db');
	await copyDatabase(file, copy);
	const database = openFile(copy);
	try {
		const [check] = (await database.raw('pragma quick_check(1)')) as { quick_check: string }[];
		if (check?.quick_check !== 'ok') throw new BackupFailure('Le fichier de la base de données est abîmé : restaurez la dernière sauvegarde.');
		const [version] = (await database.raw('select sqlite_version() as version')) as { version: string }[];
		const { schema, tables } = await readSchema(database);
		const described: Table[] = [];
		for (const name of tables) described.push(await columnsOf(database, name));
		return {
			vendor: 'sqlite',
			version: version?.version ?? '',
			schema,
			tables: described,
			rows: (table) => readRows(database, table),
			notes: [],
			close: () => database.destroy(),
		};
	} catch (error) {
		await database.destroy();
		throw error;
	}
}
