const marks: [string, number[]][] = [
	['utf-8', [0xef, 0xbb, 0xbf]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
];

/** Without a mark, UTF-16 shows in the zeros beside the `<` that every XML file begins with. */
const openings: [string, number[]][] = [
	['utf-16le', [0x3c, 0x00]],
	['utf-16be', [0x00, 0x3c]],
];

const startsWith = (bytes: Uint8Array, start: number[]): boolean => start.every((byte, index) => bytes[index] === byte);

function declared(bytes: Uint8Array): string {
	const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
	return /^\s*<\?xml[^>]*?encoding\s*=\s*["']?([\w.-]+)/i.exec(start)?.[1]?.toLowerCase() ?? 'utf-8';
}

/**
 * The text of an XML file: by its byte order mark, else by its declaration, else UTF-8. A file that claims to be UTF-8 and is not (an
 * old program's accents) is read as Windows-1252, as is an encoding that nobody knows: a wrong accent is better than no invoice.
 */
export function decodeXml(bytes: Uint8Array): string {
	const encoding = [...marks, ...openings].find(([, start]) => startsWith(bytes, start))?.[0] ?? declared(bytes);
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}
