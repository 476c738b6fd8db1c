/** The named encoding of an XML declaration, as far as `TextDecoder` has it. */
const declared = (head: string): string | undefined => /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];

function decode(bytes: Uint8Array, encoding: string, fatal: boolean): string | null {
	try {
		return new TextDecoder(encoding, { fatal }).decode(bytes);
	} catch {
		return null;
	}
}

const isControl = (code: number): boolean =>
	(code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27) || code === 127 || code >= 0xfffe;
const isPlain = (code: number): boolean => (code >= 32 && code < 127) || code === 9 || code === 10 || code === 13;

/** The share of the characters at its beginning whose code is such. */
function share(text: string, is: (code: number) => boolean): number {
	const length = Math.min(text.length, 20_000);
	let count = 0;
	for (let index = 0; index < length; index++) if (is(text.charCodeAt(index))) count++;
	return length === 0 ? 0 : count / length;
}

/**
 * The text of bytes that are text: by their mark or their XML declaration, else UTF-8, else the encoding of old Windows programs
 * when most of it is plain ASCII. Null when they are something else.
 */
export function textOf(bytes: Uint8Array): string | null {
	const [a = 0, b = 0, c = 0, d = 0] = bytes;
	const wide = (a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c === 0x3f && d === 0) ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null;
	if (wide) {
		const text = decode(bytes, wide, true);
		return text !== null && share(text, isControl) === 0 ? text : null;
	}
	const utf8 = decode(bytes, 'utf-8', true);
	if (utf8 !== null) return share(utf8, isControl) < 0.001 ? utf8 : null;
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1');
	const old = decode(bytes, declared(head.trimStart()) ?? 'windows-1252', false);
	return old !== null && share(old, isControl) < 0.001 && share(old, isPlain) > 0.8 ? old : null;
}

/** Whether an XML text defines entities or loads a definition from elsewhere: no e-invoice does. */
export const hasEntities = (xml: string): boolean => /<!(DOCTYPE|ENTITY)\b/i.test(xml);
