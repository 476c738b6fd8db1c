import type { FileHandle } from 'node:fs/promises';

/**
 * The ustar format, as much as an archive of ours needs: plain files, so that `tar tf` lists a backup and `tar xf` takes
 * one file out of it on any machine.
 */
export const blockSize = 512;

/** A file inside a tar: where its bytes begin, and how many there are. */
export type TarEntry = { name: string; offset: number; bytes: number };

/** The archive is not a tar, or ends in the middle. */
export class TarFault extends Error {}

const largestOctal = 8 ** 11 - 1;

function splitName(name: string): { prefix: string; rest: string } {
	if (Buffer.byteLength(name) <= 100) return { prefix: '', rest: name };
	for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1)) {
		const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)];
		if (rest && Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(rest) <= 100) return { prefix, rest };
	}
	throw new TarFault(`name too long for a tar: ${name}`);
}

function writeSize(header: Buffer, bytes: number): void {
	if (bytes <= largestOctal) {
		header.write(bytes.toString(8).padStart(11, '0'), 124, 'ascii');
		return;
	}
	// More than 8 GiB: GNU's binary form.
	header[124] = 0x80;
	header.writeBigUInt64BE(BigInt(bytes), 128);
}

const sumOf = (header: Buffer): number => header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);

/** The block in front of a file's bytes; `at`: its time of change, ms. */
export function tarHeader(name: string, bytes: number, at: number): Buffer {
	const header = Buffer.alloc(blockSize);
	const { prefix, rest } = splitName(name);
	header.write(rest, 0, 'utf8');
	header.write('0000600\0', 100, 'ascii');
	header.write('0000000\0', 108, 'ascii');
	header.write('0000000\0', 116, 'ascii');
	writeSize(header, bytes);
	header.write(
		Math.max(0, Math.floor(at / 1000))
			.toString(8)
			.padStart(11, '0'),
		136,
		'ascii',
	);
	header.write('0', 156, 'ascii');
	header.write('ustar', 257, 'ascii');
	header.write('00', 263, 'ascii');
	header.write(prefix, 345, 'utf8');
	header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
	return header;
}

/** What fills the last block of a file. */
export const tarPadding = (bytes: number): Buffer => Buffer.alloc((blockSize - (bytes % blockSize)) % blockSize);

/** Two empty blocks end a tar. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * blockSize);

const textAt = (header: Buffer, from: number, to: number): string => {
	const part = header.subarray(from, to);
	const end = part.indexOf(0);
	return part.toString('utf8', 0, end === -1 ? part.length : end);
};

function entryOf(header: Buffer, at: number): TarEntry {
	const isOurs = header.toString('ascii', 257, 262) === 'ustar' && textAt(header, 156, 157) === '0';
	if (!isOurs || Number.parseInt(textAt(header, 148, 156), 8) !== sumOf(header)) throw new TarFault('not a header of a tar');
	const bytes = header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(textAt(header, 124, 136), 8);
	const prefix = textAt(header, 345, 500);
	const rest = textAt(header, 0, 100);
	return { name: prefix ? `${prefix}/${rest}` : rest, offset: at + blockSize, bytes };
}

/** The files of a tar in their order, without reading them. Throws TarFault when it is cut off or no tar. */
export async function readTar(handle: FileHandle): Promise<TarEntry[]> {
	const { size } = await handle.stat();
	const header = Buffer.alloc(blockSize);
	const entries: TarEntry[] = [];
	for (let at = 0; ;) {
		const { bytesRead } = await handle.read(header, 0, blockSize, at);
		if (bytesRead < blockSize) throw new TarFault('the tar has no end');
		if (header.every((byte) => byte === 0)) return entries;
		const entry = entryOf(header, at);
		at = entry.offset + Math.ceil(entry.bytes / blockSize) * blockSize;
		if (at > size) throw new TarFault('the tar is cut off');
		entries.push(entry);
	}
}
