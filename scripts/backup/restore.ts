import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { directusVersion } from '../schema/files.ts';
import { root, urlHost } from '../support/environment.mjs';
import { ArchiveReader } from './archive.ts';
import { productVersion, vendorOf } from './create.ts';
import { BackupFailure } from './failure.ts';
import { openedBy } from './in-use.ts';
import { refuseNewer } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { postgresTarget } from './postgres-target.ts';
import type { SchemaScript, Target, Value } from './source.ts';
import { sqliteTarget } from './sqlite-target.ts';
import { isFolderEmpty, readLocations, UploadsRestore } from './uploads.ts';
import type { Location } from './uploads.ts';

export type RestoreOptions = {
	/** Replace what is there; the old is kept beside. */
	force: boolean;
	/** Told before each step, in French. */
	onStep: (step: string) => void;
};

/** `notes`: French sentences for whoever restored: where the old is, what was not in the backup. */
export type RestoreResult = { createdAt: string; tables: number; rows: number; files: number; notes: string[] };

/** A server that goes on would write into what is being replaced. */
async function refuseWhileServing({ HOST = '127.0.0.1', PORT = '8055' }: Record<string, string>): Promise<void> {
	const address = `http://${urlHost(HOST)}:${PORT}`;
	const answer = await fetch(`${address}/server/ping`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
	if (answer && (await answer.text().catch(() => '')) === 'pong')
		throw new BackupFailure(`Orchestre tourne encore (${address}) : arrêtez-le, puis relancez la restauration.`);
}

/** Wherever it listens: whoever has the old file open would go on writing into it once it has been set aside. */
async function refuseWhileOpen(file: string | null): Promise<void> {
	const pids = file ? await openedBy(file) : [];
	if (pids.length > 0)
		throw new BackupFailure(
			`La base est ouverte par un autre programme (processus ${pids.join(', ')}), sans doute Orchestre sur un autre port : arrêtez-le, puis relancez la restauration.`,
		);
}

async function refuseToReplace(target: Target, locations: readonly Location[]): Promise<void> {
	const full = [
		...((await target.isEmpty()) ? [] : ['la base de données']),
		...((await Promise.all(locations.map(isFolderEmpty))).every(Boolean) ? [] : ['le dossier des fichiers']),
	];
	if (full.length > 0)
		throw new BackupFailure(`Cette installation n’est pas vide (${full.join(' et ')}) : ajoutez --force pour la remplacer. Ce qui est là sera gardé à côté.`);
}

async function loadTable(reader: ArchiveReader, target: Target, { table, columns, rows, part }: Manifest['tables'][number]): Promise<void> {
	const lines = createInterface({ input: reader.stream(part.name).pipe(createGunzip()) });
	let batch: Value[][] = [];
	const into = { name: table, columns };
	for await (const line of lines) {
		batch.push(JSON.parse(line) as Value[]);
		if (batch.length < 1000) continue;
		await target.insert(into, batch);
		batch = [];
	}
	await target.insert(into, batch);
	const count = await target.count(into);
	if (count !== rows) throw new BackupFailure(`La table « ${table} » a ${count} lignes après la restauration au lieu de ${rows} : rien n’a été remplacé.`);
}

async function readSchema(reader: ArchiveReader): Promise<SchemaScript> {
	const chunks: Buffer[] = [];
	for await (const chunk of reader.stream(reader.manifest.schema.name)) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString('utf8')) as SchemaScript;
}

async function loadDatabase(reader: ArchiveReader, target: Target): Promise<void> {
	const schema = await readSchema(reader);
	await target.begin();
	await target.run(schema.before);
	for (const table of reader.manifest.tables) await loadTable(reader, target, table);
	await target.run(schema.after);
}

function refuseOtherVendor({ database }: Manifest, target: Target): void {
	const name = { sqlite: 'SQLite', postgres: 'PostgreSQL' };
	if (database.vendor !== target.vendor)
		throw new BackupFailure(
			`Cette sauvegarde vient de ${name[database.vendor]}, et cette installation est réglée sur ${name[target.vendor]} (DB_CLIENT) : restaurez-la sur ${name[database.vendor]}.`,
		);
}

/** Where each file of the archive goes; a location that this installation lacks is refused before anything is written. */
function placeFiles({ files }: Manifest, locations: readonly Location[], stamp: string): { place: UploadsRestore; own: Manifest['files'] }[] {
	const homeless = files.find(({ location }) => !locations.some(({ name }) => name === location));
	if (homeless)
		throw new BackupFailure(`Cette sauvegarde a des fichiers de l’emplacement « ${homeless.location} », que cette installation n’a pas (STORAGE_LOCATIONS).`);
	return locations.map((location) => ({ place: new UploadsRestore(location, stamp), own: files.filter((file) => file.location === location.name) }));
}

/**
 * Puts an archive in the place of the environment's database and files. Everything is checked and built beside the old first;
 * the switch at the end is renames and one commit. Whatever fails before it leaves the old as it was.
 */
export async function restoreBackup(environment: Record<string, string>, archive: string, { force, onStep }: RestoreOptions): Promise<RestoreResult> {
	const stamp = `avant-restauration-${new Date().toISOString().slice(0, 23).replaceAll(/[-:.]/g, '').toLowerCase()}`;
	const { local } = readLocations(environment, root);
	const file = vendorOf(environment) === 'sqlite' ? resolve(root, environment.DB_FILENAME ?? '') : null;
	const target = file ? sqliteTarget(file, stamp) : postgresTarget(environment, stamp);
	const reader = await ArchiveReader.open(archive);
	const { manifest } = reader;
	const places = placeFiles(manifest, local, stamp);
	try {
		refuseNewer(manifest, { product: productVersion(), directus: directusVersion });
		refuseOtherVendor(manifest, target);
		await refuseWhileServing(environment);
		await refuseWhileOpen(file);
		if (!force) await refuseToReplace(target, local);
		onStep('Vérification de l’archive');
		await reader.verify();
		onStep('Base de données');
		await loadDatabase(reader, target);
		onStep('Fichiers');
		for (const { place, own } of places) await place.stage(reader, own);
		onStep('Mise en place');
		const kept = await switchOver(
			target,
			places.map(({ place }) => place),
		);
		const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
		return { createdAt: manifest.createdAt, tables: manifest.tables.length, rows, files: manifest.files.length, notes: [...kept, ...manifest.notes] };
	} finally {
		await target.rollback();
		for (const { place } of places) await place.cleanUp();
		await reader.close();
	}
}

/** Files first, because their renames can be undone when the database refuses. */
async function switchOver(target: Target, places: readonly UploadsRestore[]): Promise<string[]> {
	try {
		const files: (string | null)[] = [];
		for (const place of places) files.push(await place.swap());
		return [await target.commit(), ...files].flatMap((note) => note ?? []);
	} catch (error) {
		for (const place of places.toReversed()) await place.undo();
		throw error;
	}
}
