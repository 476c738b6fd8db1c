import { Unreadable } from './limits.ts';

export type Decoded = { text: string; encoding: string };

/**
 * Text of a file in the encodings that spreadsheets save: UTF-8 and UTF-16 by their mark, UTF-8 where all bytes fit, else
 * Windows-1252, in which every byte is something.
 */
export function decode(bytes: Uint8Array): Decoded {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' };
	if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16' };
	if (bytes.subarray(0, 4096).includes(0)) throw new Unreadable('Ce fichier n’est pas un texte : choisissez un fichier CSV, XLSX ou JSON.');
	try {
		return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
	} catch {
		return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
	}
}
