import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { directusVersion } from '../schema/files.ts';
import { root } from '../support/environment.mjs';
import { ArchiveWriter } from './archive.ts';
import { BackupFailure } from './failure.ts';
import { freeArchivePath, openWorkFolder } from './folder.ts';
import { manifestFormat, manifestSchema } from './manifest.ts';
import type { Manifest, Table } from './manifest.ts';
import { openPostgresSource } from './postgres-source.ts';
import type { Source, Value } from './source.ts';
import { openSqliteSource } from './sqlite-source.ts';
import { readLocations, refuseInside, UploadsWriter } from './uploads.ts';

export type BackupResult = { archive: string; bytes: number; tables: number; rows: number; files: number; notes: string[] };

/** This product's version: the bundle's, because in a container the root's package.json is the base image's. */
export const productVersion = (): string =>
	(JSON.parse(readFileSync(join(root, 'extensions', 'orchestre', 'package.json'), 'utf8')) as { version: string }).version;

/** The environment's database, or a French refusal. */
export function vendorOf(environment: Record<string, string>): 'sqlite' | 'postgres' {
	const client = environment.DB_CLIENT ?? 'sqlite3';
	if (client === 'sqlite3') return 'sqlite';
	if (client === 'pg' || client === 'postgres') return 'postgres';
	throw new BackupFailure(`La sauvegarde connaît SQLite et PostgreSQL, pas « ${client} ».`);
}

const openSource = (environment: Record<string, string>, workFolder: string): Promise<Source> =>
	vendorOf(environment) === 'sqlite' ? openSqliteSource(resolve(root, environment.DB_FILENAME ?? ''), workFolder) : openPostgresSource(environment);

/** Where Directus says that its files lie. */
class FileRows {
	readonly all: { location: string; path: string }[] = [];

	note({ name, columns }: Table, rows: readonly Value[][]): void {
		if (name !== 'directus_files') return;
		const at = (column: string): number => columns.findIndex((one) => one.name === column);
		const [storage, path] = [at('storage'), at('filename_disk')];
		for (const row of rows) if (row[path]) this.all.push({ location: String(row[storage]), path: String(row[path]) });
	}
}

async function addTable(
	writer: ArchiveWriter,
	source: Source,
	table: Table,
	workFolder: string,
	fileRows: FileRows,
	at: number,
): Promise<Manifest['tables'][number]> {
	const file = join(workFolder, 'table.gz');
	let count = 0;
	async function* lines(): AsyncGenerator<string> {
		for await (const rows of source.rows(table)) {
			count += rows.length;
			fileRows.note(table, rows);
			yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
		}
	}
	await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file, { mode: 0o600 }));
	const { size } = await stat(file);
	const { part } = await writer.add(`tables/${table.name}.jsonl.gz`, size, at, createReadStream(file));
	return { table: table.name, columns: table.columns, rows: count, part };
}

const missingNote = (missing: number): string[] =>
	missing === 0 ? [] : [`${missing} fichier${missing > 1 ? 's' : ''} de la base n’existe${missing > 1 ? 'nt' : ''} pas dans le dossier des fichiers.`];

async function fill(writer: ArchiveWriter, environment: Record<string, string>, workFolder: string, at: Date): Promise<Manifest> {
	const { local, remote } = readLocations(environment, root);
	const uploads = new UploadsWriter(writer, local);
	await uploads.take();
	const source = await openSource(environment, workFolder);
	try {
		const fileRows = new FileRows();
		const schema = await writer.addText('schema.json', `${JSON.stringify(source.schema, null, '\t')}\n`, at.getTime());
		const tables: Manifest['tables'] = [];
		for (const table of source.tables) tables.push(await addTable(writer, source, table, workFolder, fileRows, at.getTime()));
		await uploads.take();
		const missing = fileRows.all.filter(({ location, path }) => local.some(({ name }) => name === location) && !uploads.has(location, path)).length;
		// An archive that restore would refuse must fail now, while the data is still there.
		return manifestSchema.parse({
			format: manifestFormat,
			createdAt: at.toISOString(),
			product: productVersion(),
			directus: directusVersion,
			database: { vendor: source.vendor, version: source.version },
			schema,
			tables,
			files: uploads.files,
			notes: [
				...source.notes,
				...remote.map((name) => `Les fichiers de l’emplacement « ${name} » ne sont pas sur cette machine : sauvegardez-les chez leur hébergeur.`),
				...missingNote(missing),
			],
		});
	} finally {
		await source.close();
	}
}

async function syncFolder(folder: string): Promise<void> {
	// Windows cannot open a folder; there the rename alone has to do.
	const handle = await open(folder, 'r').catch(() => null);
	await handle?.sync().catch(() => undefined);
	await handle?.close();
}

/**
 * Backs up the environment's database and files into a new archive in `folder` (made when missing), whether Orchestre runs
 * or not. The archive appears under its name when it is whole and on the disk, never before.
 */
export async function createBackup(environment: Record<string, string>, folder: string): Promise<BackupResult> {
	refuseInside(folder, readLocations(environment, root).local);
	const workFolder = await openWorkFolder(folder);
	try {
		const partial = join(workFolder, 'archive.tar');
		const writer = await ArchiveWriter.create(partial);
		const at = new Date();
		try {
			const manifest = await fill(writer, environment, workFolder, at);
			await writer.finish(manifest, at.getTime());
			const archive = freeArchivePath(folder, at);
			const { size } = await stat(partial);
			await rename(partial, archive);
			await syncFolder(dirname(archive));
			const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
			return { archive, bytes: size, tables: manifest.tables.length, rows, files: manifest.files.length, notes: manifest.notes };
		} finally {
			await writer.abandon();
		}
	} finally {
		await rm(workFolder, { recursive: true, force: true });
	}
}
