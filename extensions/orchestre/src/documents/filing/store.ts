import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemAccountability, type Host } from '../../platform/directus.ts';

const prefix = 'orchestre-document-';
/** Longer than any reading; in milliseconds. */
const longest = 3_600_000;

/** Process ids are those of one machine, or one container: its name goes with them. A process that took over the id of a dead one began at another moment. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const mine = `${machine}-${process.pid}-${Math.round(performance.timeOrigin).toString(36)}-`;

/** Whether the process that made this copy is surely gone. Of another machine's nothing is known. */
function isOrphan(name: string): boolean {
	const [, whose, pid] = /^orchestre-document-([0-9a-f]{8})-(\d+)-/.exec(name) ?? [];
	if (whose !== machine || name.startsWith(`${prefix}${mine}`)) return false;
	if (Number(pid) === process.pid) return true;
	try {
		process.kill(Number(pid), 0);
		return false;
	} catch (error) {
		return (error as { code?: unknown }).code === 'ESRCH';
	}
}

/** `path`: a copy of our own, with the extension that the file was uploaded with. */
export type Copy = { path: string; filename: string; sha256: string; size: number };

/** Letters that may stand in a file name of ours: the rest of an uploaded name is nobody's business here. */
const extensionOf = (filename: string): string => /^\.[a-z0-9]{1,8}$/.exec(extname(filename).toLowerCase())?.[0] ?? '';

/**
 * Copies a stored file, wherever Directus keeps it, into a folder of its own for the length of `work`, and takes it away afterwards. The bytes are
 * only counted and hashed here. Null when Directus has no such file, or its content is gone.
 */
export async function withCopy<T>(host: Host, file: string, work: (copy: Copy) => Promise<T>): Promise<T | null> {
	const row = (await host.database('directus_files').where({ id: file }).first('id', 'filename_download')) as { filename_download: string | null } | undefined;
	if (!row) return null;
	const filename = row.filename_download ?? 'document';
	const assets = new host.services.AssetsService({ schema: await host.getSchema(), knex: host.database, accountability: systemAccountability() });
	const folder = await mkdtemp(join(tmpdir(), `${prefix}${mine}`));
	try {
		let stream: Readable;
		try {
			({ stream } = (await assets.getAsset(file)) as unknown as { stream: Readable });
		} catch {
			return null;
		}
		const hash = createHash('sha256');
		let size = 0;
		const counted = new Transform({
			transform(chunk: Buffer, _encoding, done) {
				hash.update(chunk);
				size += chunk.length;
				done(null, chunk);
			},
		});
		const path = join(folder, `document${extensionOf(filename)}`);
		await pipeline(stream, counted, createWriteStream(path));
		return await work({ path, filename, sha256: hash.digest('hex'), size });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Takes away copies that a process left behind when it died. */
export async function removeOldCopies(now: Date): Promise<number> {
	let removed = 0;
	for (const name of await readdir(tmpdir())) {
		if (!name.startsWith(prefix)) continue;
		const path = join(tmpdir(), name);
		const age = await stat(path).then(({ mtimeMs }) => now.getTime() - mtimeMs, () => 0); // prettier-ignore
		if (age < longest && !isOrphan(name)) continue;
		await rm(path, { recursive: true, force: true });
		removed += 1;
	}
	return removed;
}
