import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArchiveReader, ArchiveWriter } from './archive.ts';
import { BackupFailure } from './failure.ts';
import type { Manifest } from './manifest.ts';

type StoredFile = Manifest['files'][number];

/** A storage location of Directus on this machine's disk. */
export type Location = { name: string; folder: string };

/** Locations as Directus reads them; `remote`: those that are not on this machine, hence not in a backup. */
export function readLocations(environment: Record<string, string>, root: string): { local: Location[]; remote: string[] } {
	const names = (environment.STORAGE_LOCATIONS ?? 'local').split(',').flatMap((name) => name.trim() || []);
	const of = (name: string, setting: string, preset: string): string => environment[`STORAGE_${name.toUpperCase()}_${setting}`] ?? preset;
	const isLocal = (name: string): boolean => of(name, 'DRIVER', 'local') === 'local';
	return {
		local: names.filter(isLocal).map((name) => ({ name, folder: resolve(root, of(name, 'ROOT', './uploads')) })),
		remote: names.filter((name) => !isLocal(name)),
	};
}

/** Names that begin with a dot are not Directus's: a restore keeps what it replaced under one. */
async function filesBelow(folder: string, path = ''): Promise<string[]> {
	if (!existsSync(folder)) return [];
	const found: string[] = [];
	for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
		const name = path ? `${path}/${entry.name}` : entry.name;
		if (entry.name.startsWith('.')) continue;
		if (entry.isDirectory()) found.push(...(await filesBelow(folder, name)));
		if (entry.isFile()) found.push(name);
	}
	return found.toSorted();
}

export const isFolderEmpty = async ({ folder }: Location): Promise<boolean> => (await filesBelow(folder)).length === 0;

/** An archive that took itself in would never end. */
export function refuseInside(target: string, locations: readonly Location[]): void {
	for (const { folder } of locations) {
		const way = relative(folder, target);
		if (!way.startsWith('..') && !way.startsWith(sep) && resolve(folder, way) === target)
			throw new BackupFailure(`Le dossier des sauvegardes (${target}) ne peut pas être dans celui des fichiers (${folder}).`);
	}
}

/**
 * Uploads on their way into an archive. Taken once before the database's snapshot, so that none which it names is missing
 * because it was deleted since, and once more after it: what is new or has changed.
 */
export class UploadsWriter {
	readonly #writer: ArchiveWriter;
	readonly #locations: readonly Location[];
	/** By part name; `state`: size and time of change when it was taken, empty when it was cut off. */
	readonly #taken = new Map<string, StoredFile & { state: string }>();

	constructor(writer: ArchiveWriter, locations: readonly Location[]) {
		this.#writer = writer;
		this.#locations = locations;
	}

	async take(): Promise<void> {
		for (const { name: location, folder } of this.#locations) for (const path of await filesBelow(folder)) await this.#takeOne(location, folder, path);
	}

	async #takeOne(location: string, folder: string, path: string): Promise<void> {
		const name = `files/${location}/${path}`;
		const file = join(folder, path);
		const found = await stat(file).catch(() => null);
		if (!found) return;
		const state = `${found.size} ${found.mtimeMs}`;
		if (this.#taken.get(name)?.state === state) return;
		const content = createReadStream(file, found.size > 0 ? { end: found.size - 1 } : {});
		const opened = await new Promise<boolean>((done) => content.once('open', () => done(true)).once('error', () => done(false)));
		if (!opened) {
			if (existsSync(file)) throw new BackupFailure(`Le fichier ${file} est illisible : vérifiez ses droits.`);
			return;
		}
		const { part, isWhole } = await this.#writer.add(name, found.size, found.mtimeMs, content);
		this.#taken.set(name, { location, path, part, state: isWhole ? state : '' });
	}

	get files(): StoredFile[] {
		return [...this.#taken.values()].map(({ location, path, part }) => ({ location, path, part }));
	}

	has(location: string, path: string): boolean {
		return this.#taken.has(`files/${location}/${path}`);
	}
}

/** What a restore leaves that was killed. */
const abandoned = /^\.avant-restauration-.*-restoring$/;

/** A place for what is coming and one for what was there, inside the location itself, which may be a mounted volume. */
export class UploadsRestore {
	readonly #location: Location;
	readonly #incoming: string;
	readonly #kept: string;
	#moved: { from: string; to: string }[] = [];

	constructor(location: Location, stamp: string) {
		this.#location = location;
		this.#incoming = join(location.folder, `.${stamp}-restoring`);
		this.#kept = join(location.folder, `.${stamp}`);
	}

	async stage(reader: ArchiveReader, files: readonly StoredFile[]): Promise<void> {
		await mkdir(this.#incoming, { recursive: true });
		for (const name of await readdir(this.#location.folder))
			if (abandoned.test(name) && join(this.#location.folder, name) !== this.#incoming)
				await rm(join(this.#location.folder, name), { recursive: true, force: true });
		for (const { path, part } of files) {
			const to = resolve(this.#incoming, path);
			if (!to.startsWith(this.#incoming + sep))
				throw new BackupFailure(`Cette archive veut écrire hors du dossier des fichiers (${path}) : rien n’a été restauré.`);
			await mkdir(dirname(to), { recursive: true });
			await pipeline(reader.stream(part.name), createWriteStream(to, { mode: 0o644 }));
		}
	}

	/** Renames only. Throws half-way at worst, then `undo` puts things back. */
	async swap(): Promise<string | null> {
		const entries = async (folder: string): Promise<string[]> => (await readdir(folder)).filter((name) => !name.startsWith('.'));
		const old = await entries(this.#location.folder);
		if (old.length > 0) await mkdir(this.#kept, { recursive: true });
		for (const name of old) await this.#move(join(this.#location.folder, name), join(this.#kept, name));
		for (const name of await entries(this.#incoming)) await this.#move(join(this.#incoming, name), join(this.#location.folder, name));
		return old.length > 0 ? `Les anciens fichiers sont gardés : ${this.#kept}` : null;
	}

	async #move(from: string, to: string): Promise<void> {
		await rename(from, to);
		this.#moved.push({ from, to });
	}

	async undo(): Promise<void> {
		for (const { from, to } of this.#moved.toReversed()) await rename(to, from);
		this.#moved = [];
	}

	async cleanUp(): Promise<void> {
		await rm(this.#incoming, { recursive: true, force: true });
	}
}
