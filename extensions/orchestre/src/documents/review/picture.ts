import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Pictures of pages that were looked at lately: a folder of this process's user alone, beside the server, and bounded. */
const folder = (): string => join(process.env['TEMP_PATH'] ?? tmpdir(), 'orchestre-pages');
const mostBytes = 256 * 1024 * 1024;

const nameOf = (parts: readonly (string | number)[]): string => `${createHash('sha256').update(parts.join('\n')).digest('hex')}.webp`;

/** One picture at a time is drawn for one name: a second reader waits for the first one's. */
const underWay = new Map<string, Promise<Buffer>>();

/** Takes away what nobody looked at for longest, until the folder is within its bounds. */
async function tidy(): Promise<void> {
	const names = await readdir(folder());
	const files = await Promise.all(names.map(async (name) => ({ name, ...(await stat(join(folder(), name)).then(({ size, mtimeMs }) => ({ size, mtimeMs }), () => ({ size: 0, mtimeMs: 0 }))) }))); // prettier-ignore
	let total = files.reduce((sum, { size }) => sum + size, 0);
	for (const { name, size } of files.toSorted((one, other) => one.mtimeMs - other.mtimeMs)) {
		if (total <= mostBytes) return;
		await rm(join(folder(), name), { force: true });
		total -= size;
	}
}

async function store(path: string, bytes: Buffer): Promise<void> {
	await mkdir(folder(), { recursive: true, mode: 0o700 });
	const draft = `${path}.${process.pid}`;
	await writeFile(draft, bytes, { mode: 0o600 });
	await rename(draft, path);
	await tidy();
}

/**
 * A picture by what it shows (file, state of the file, page, size): from the folder, or drawn now and put there. A full or read-only
 * disk costs the memory, not the picture.
 */
export async function picture(parts: readonly (string | number)[], draw: () => Promise<Buffer>): Promise<{ bytes: Buffer; tag: string }> {
	const name = nameOf(parts);
	const path = join(folder(), name);
	const known = await readFile(path).catch(() => null);
	if (known) {
		const at = new Date();
		await utimes(path, at, at).catch(() => undefined);
		return { bytes: known, tag: name.slice(0, 32) };
	}
	let drawing = underWay.get(name);
	if (!drawing) {
		drawing = draw().finally(() => underWay.delete(name));
		underWay.set(name, drawing);
		drawing.then((bytes) => store(path, bytes)).catch(() => undefined);
	}
	return { bytes: await drawing, tag: name.slice(0, 32) };
}
