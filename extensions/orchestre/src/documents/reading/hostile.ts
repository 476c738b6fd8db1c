/** Hostile files made up for tests. Not part of the bundle. */
import { createHash } from 'node:crypto';
import { createDeflate, deflateSync } from 'node:zlib';
import { assemble, contentOf } from './made-up.ts';

/** RC4, which Node offers no more: PDFs of the first kind of encryption use it. */
function rc4(key: Uint8Array, data: Uint8Array): Buffer {
	const state = Uint8Array.from({ length: 256 }, (_, index) => index);
	const at = (index: number): number => state[index & 255] ?? 0;
	const swap = (one: number, other: number): void => void ([state[one & 255], state[other & 255]] = [at(other), at(one)]);
	for (let index = 0, other = 0; index < 256; index++) {
		other = (other + at(index) + (key[index % key.length] ?? 0)) & 255;
		swap(index, other);
	}
	let [one, other] = [0, 0];
	return Buffer.from(
		data.map((byte) => {
			one = (one + 1) & 255;
			other = (other + at(one)) & 255;
			swap(one, other);
			return byte ^ at(at(one) + at(other));
		}),
	);
}

const md5 = (...parts: Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const padded = (password: string): Buffer => Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32);
const hex = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString('hex')}>`;

/** A PDF under 40-bit RC4 (ISO 32000-1, 7.6.3, revision 2). Without a user's password it opens, but may not be changed. */
export function lockedPdf(lines: readonly string[], userPassword: string, ownerPassword: string): Uint8Array {
	const id = Buffer.from('0123456789abcdef0123456789abcdef', 'hex');
	const permissions = Buffer.alloc(4);
	permissions.writeInt32LE(-64);
	const owner = rc4(md5(padded(ownerPassword)).subarray(0, 5), padded(userPassword));
	const key = md5(padded(userPassword), owner, permissions, id).subarray(0, 5);
	const user = rc4(key, padding);
	// Each stream has a key of its own, from the number of its object.
	const content = rc4(md5(key, Uint8Array.of(4, 0, 0, 0, 0)).subarray(0, 10), Buffer.from(contentOf(lines), 'latin1'));
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Count 1/Kids[3 0 R]>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>',
		`<</Length ${content.length}>>`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
		`<</Filter/Standard/V 1/R 2/O${hex(owner)}/U${hex(user)}/P -64>>`,
	];
	return assemble({ objects, binary: new Map([[4, content]]) }, `/Encrypt 6 0 R/ID[${hex(id)}${hex(id)}]`);
}

/** A PDF of so many pages that share one content. */
export function manyPages(count: number): Uint8Array {
	const kids = Array.from({ length: count }, (_, index) => `${4 + index} 0 R`).join(' ');
	const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>';
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		`<</Type/Pages/Count ${count}/Kids[${kids}]>>`,
		'<</Length 0>>',
		...Array.from({ length: count }, () => page),
	];
	return assemble({ objects, binary: new Map([[3, Buffer.alloc(0)]]) });
}

/** A one-page PDF whose content is these bytes behind so many layers of compression. */
function onePage(content: Uint8Array, layers: number): Uint8Array {
	const filters = Array.from({ length: layers }, () => '/FlateDecode').join(' ');
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Count 1/Kids[3 0 R]>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>',
		`<</Length ${content.length}/Filter[${filters}]>>`,
	];
	return assemble({ objects, binary: new Map([[4, content]]) });
}

/** A PDF of a few kilobytes whose content unpacks to so many megabytes of blanks. */
export async function inflating(megabytes: number): Promise<Uint8Array> {
	const deflate = createDeflate({ level: 1 });
	const chunks: Buffer[] = [];
	deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
	const block = Buffer.alloc(4 * 1024 * 1024, ' ');
	for (let written = 0; written < megabytes; written += 4) await new Promise((resolve) => deflate.write(block, resolve));
	await new Promise<void>((resolve) => deflate.once('end', resolve).end());
	return onePage(deflateSync(Buffer.concat(chunks)), 2);
}

/** A PDF whose page draws so many strokes. */
export const endlessStrokes = (count: number): Uint8Array =>
	onePage(deflateSync(Buffer.from('0 0 m 500 700 l S 9 9 m 90 90 l 8 8 300 300 re B\n'.repeat(count))), 1);

/** The beginning of a ZIP archive with one file; `isLocked`: its content is encrypted. */
export function zipOf(name: string, isLocked = false): Uint8Array {
	const header = Buffer.alloc(30);
	header.writeUInt32LE(0x04034b50, 0);
	header.writeUInt16LE(20, 4);
	header.writeUInt16LE(isLocked ? 1 : 0, 6);
	header.writeUInt16LE(name.length, 26);
	return Buffer.concat([header, Buffer.from(name), Buffer.alloc(200, 7)]);
}

/** A Word document under a password: a compound file with a stream of that name. */
export const lockedOffice = (): Uint8Array =>
	Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(500)]);

/** An iPhone's photo, as far as its first bytes go. */
export const heic = (): Uint8Array => Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(2000, 9)]);

/** Pseudo-random numbers from 0 to 1 (mulberry32): a seed gives the same files each time. */
export function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A copy with some of its bytes changed, left out, doubled, or its end cut off. */
export function mutated(bytes: Uint8Array, next: () => number): Uint8Array {
	let out = Buffer.from(bytes);
	const place = (): number => Math.floor(next() * out.length);
	const times = 1 + Math.floor(next() * 12);
	for (let time = 0; time < times && out.length > 16; time++) {
		const [at, size, kind] = [place(), 1 + Math.floor(next() * 64), next()];
		if (kind < 0.5) out[at] = Math.floor(next() * 256);
		else if (kind < 0.65) out = Buffer.concat([out.subarray(0, at), out.subarray(at + size)]);
		else if (kind < 0.8) out = Buffer.concat([out.subarray(0, at + size), out.subarray(at)]);
		else if (kind < 0.95) out.fill(Math.floor(next() * 256), at, Math.min(out.length, at + size));
		else out = out.subarray(0, Math.max(16, at));
	}
	return out;
}
