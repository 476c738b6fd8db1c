import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { BackupFailure } from './failure.ts';
import { parseManifest } from './manifest.ts';
import type { Manifest, Part } from './manifest.ts';
import { readTar, tarEnd, tarHeader, tarPadding, TarFault } from './tar.ts';
import type { TarEntry } from './tar.ts';

const manifestName = 'manifest.json';
const checksumName = 'manifest.sha256';
const hashOf = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Writes an archive front to back. The file is readable by its owner alone: it holds passwords' hashes and tokens. */
export class ArchiveWriter {
	readonly #handle: FileHandle;

	private constructor(handle: FileHandle) {
		this.#handle = handle;
	}

	static async create(path: string): Promise<ArchiveWriter> {
		return new ArchiveWriter(await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
	}

	/**
	 * Appends `bytes` bytes of a stream; `at`: ms. Should the stream end early (a file that is being replaced), zeros follow and
	 * `isWhole` is false.
	 */
	async add(name: string, bytes: number, at: number, content: Readable): Promise<{ part: Part; isWhole: boolean }> {
		const hash = createHash('sha256');
		let done = 0;
		await this.#write(tarHeader(name, bytes, at));
		for await (const chunk of content) {
			const piece = (chunk as Buffer).subarray(0, bytes - done);
			done += piece.length;
			hash.update(piece);
			await this.#write(piece);
		}
		const isWhole = done === bytes;
		for (; done < bytes; done += 65_536) {
			const zeros = Buffer.alloc(Math.min(65_536, bytes - done));
			hash.update(zeros);
			await this.#write(zeros);
		}
		await this.#write(tarPadding(bytes));
		return { part: { name, bytes, sha256: hash.digest('hex') }, isWhole };
	}

	async addText(name: string, text: string, at: number): Promise<Part> {
		const content = Buffer.from(text);
		await this.#write(Buffer.concat([tarHeader(name, content.length, at), content, tarPadding(content.length)]));
		return { name, bytes: content.length, sha256: hashOf(content) };
	}

	/** Writes the manifest and waits until the disk has it all. */
	async finish(manifest: Manifest, at: number): Promise<void> {
		const text = `${JSON.stringify(manifest, null, '\t')}\n`;
		await this.addText(manifestName, text, at);
		await this.addText(checksumName, `${hashOf(text)}  ${manifestName}\n`, at);
		await this.#write(tarEnd());
		await this.#handle.sync();
		await this.#handle.close();
	}

	async #write(content: Buffer): Promise<void> {
		for (let done = 0; done < content.length;) done += (await this.#handle.write(content, done)).bytesWritten;
	}

	async abandon(): Promise<void> {
		await this.#handle.close().catch(() => undefined);
	}
}

const damaged = (what: string): BackupFailure => new BackupFailure(`Cette archive est abîmée ou a été modifiée (${what}) : rien n’a été restauré.`);

/** An archive opened for reading; its manifest is checked, its parts are once `verify` has run. */
export class ArchiveReader {
	readonly manifest: Manifest;
	readonly #handle: FileHandle;
	readonly #entries: Map<string, TarEntry>;

	private constructor(handle: FileHandle, entries: Map<string, TarEntry>, manifest: Manifest) {
		this.#handle = handle;
		this.#entries = entries;
		this.manifest = manifest;
	}

	static async open(path: string): Promise<ArchiveReader> {
		const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
			throw error.code === 'ENOENT' ? new BackupFailure(`L’archive ${path} n’existe pas.`) : error;
		});
		try {
			// Of two files of one name the later counts: an upload that changed during the backup was taken again.
			const entries = new Map((await readTar(handle)).map((entry) => [entry.name, entry]));
			const text = await readText(handle, entries.get(manifestName));
			const checksum = await readText(handle, entries.get(checksumName));
			if (!text || !checksum) throw new BackupFailure('Ce fichier n’est pas une sauvegarde d’Orchestre, ou il n’est pas entier.');
			if (checksum.slice(0, 64) !== hashOf(text)) throw damaged(manifestName);
			return new ArchiveReader(handle, entries, parseManifest(text));
		} catch (error) {
			await handle.close();
			if (error instanceof TarFault) throw new BackupFailure('Ce fichier n’est pas une sauvegarde d’Orchestre, ou il est abîmé ou incomplet.');
			throw error;
		}
	}

	/** Reads everything once and compares it with the manifest: each part's checksum, and that nothing came on top. */
	async verify(): Promise<void> {
		const { schema, tables, files } = this.manifest;
		const parts = [schema, ...tables.map(({ part }) => part), ...files.map(({ part }) => part)];
		const known = new Set([manifestName, checksumName, ...parts.map(({ name }) => name)]);
		for (const name of this.#entries.keys()) if (!known.has(name)) throw damaged(name);
		for (const { name, bytes, sha256 } of parts) {
			if (this.#entries.get(name)?.bytes !== bytes) throw damaged(name);
			const hash = createHash('sha256');
			for await (const chunk of this.stream(name)) hash.update(chunk as Buffer);
			if (hash.digest('hex') !== sha256) throw damaged(name);
		}
	}

	stream(name: string): Readable {
		const entry = this.#entries.get(name);
		if (!entry) throw damaged(name);
		return Readable.from(chunksOf(this.#handle, entry), { objectMode: false });
	}

	close(): Promise<void> {
		return this.#handle.close();
	}
}

async function* chunksOf(handle: FileHandle, { offset, bytes }: TarEntry): AsyncGenerator<Buffer> {
	for (let done = 0; done < bytes;) {
		const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(262_144, bytes - done)), 0, null, offset + done);
		if (bytesRead === 0) throw new TarFault('the tar is cut off');
		done += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}

async function readText(handle: FileHandle, entry: TarEntry | undefined): Promise<string | null> {
	if (!entry) return null;
	const content = Buffer.alloc(entry.bytes);
	await handle.read(content, 0, entry.bytes, entry.offset);
	return content.toString('utf8');
}
