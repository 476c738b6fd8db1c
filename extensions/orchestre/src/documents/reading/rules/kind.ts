import type { Message } from '../../types.ts';

/** What a file is by its bytes. */
export type Kind =
	| 'pdf'
	| 'jpeg'
	| 'png'
	| 'tiff'
	| 'webp'
	| 'avif'
	| 'xml'
	| 'vcard'
	| 'text'
	| 'heic'
	| 'gif'
	| 'bmp'
	| 'svg'
	| 'html'
	| 'rtf'
	| 'office'
	| 'open_document'
	| 'old_office'
	| 'locked_office'
	| 'zip'
	| 'locked_zip'
	| 'rar'
	| 'seven_zip'
	| 'gzip'
	| 'program'
	| 'unknown';

/** The kinds as they stand after « c’est » and “it is”. */
export const kindNames: Record<Kind, Message> = {
	pdf: { fr: 'un PDF', en: 'a PDF' },
	jpeg: { fr: 'une image JPEG', en: 'a JPEG picture' },
	png: { fr: 'une image PNG', en: 'a PNG picture' },
	tiff: { fr: 'une image TIFF', en: 'a TIFF picture' },
	webp: { fr: 'une image WebP', en: 'a WebP picture' },
	avif: { fr: 'une image AVIF', en: 'an AVIF picture' },
	xml: { fr: 'un fichier XML', en: 'an XML file' },
	vcard: { fr: 'une carte de visite (vCard)', en: 'a business card (vCard)' },
	text: { fr: 'un texte brut', en: 'plain text' },
	heic: { fr: 'une photo HEIC', en: 'a HEIC photo' },
	gif: { fr: 'une image GIF', en: 'a GIF picture' },
	bmp: { fr: 'une image BMP', en: 'a BMP picture' },
	svg: { fr: 'un dessin SVG', en: 'an SVG drawing' },
	html: { fr: 'une page web', en: 'a web page' },
	rtf: { fr: 'un document RTF', en: 'an RTF document' },
	office: { fr: 'un document Word, Excel ou PowerPoint', en: 'a Word, Excel or PowerPoint document' },
	open_document: { fr: 'un document LibreOffice', en: 'a LibreOffice document' },
	old_office: { fr: 'un ancien document Word, Excel ou Outlook', en: 'an old Word, Excel or Outlook document' },
	locked_office: { fr: 'un document Word, Excel ou PowerPoint', en: 'a Word, Excel or PowerPoint document' },
	zip: { fr: 'une archive ZIP', en: 'a ZIP archive' },
	locked_zip: { fr: 'une archive ZIP', en: 'a ZIP archive' },
	rar: { fr: 'une archive RAR', en: 'a RAR archive' },
	seven_zip: { fr: 'une archive 7z', en: 'a 7z archive' },
	gzip: { fr: 'une archive GZIP', en: 'a GZIP archive' },
	program: { fr: 'un programme', en: 'a program' },
	unknown: { fr: 'un contenu non reconnu', en: 'something unrecognised' },
};

/** What names end in; anything else (`.bin`, none) claims nothing. */
const extensions: Record<string, readonly Kind[]> = {
	pdf: ['pdf'],
	jpg: ['jpeg'],
	jpeg: ['jpeg'],
	png: ['png'],
	tif: ['tiff'],
	tiff: ['tiff'],
	webp: ['webp'],
	avif: ['avif'],
	heic: ['heic'],
	heif: ['heic', 'avif'],
	gif: ['gif'],
	bmp: ['bmp'],
	xml: ['xml', 'svg'],
	vcf: ['vcard'],
	vcard: ['vcard'],
	txt: ['text', 'xml', 'vcard', 'html'],
	csv: ['text'],
	zip: ['zip', 'locked_zip', 'office', 'open_document'],
	docx: ['office', 'locked_office'],
	xlsx: ['office', 'locked_office'],
	pptx: ['office', 'locked_office'],
};

/** The extension when it claims another kind than the file is of, else null. */
export function falseExtension(name: string, kind: Kind): string | null {
	const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase();
	const claimed = extension ? extensions[extension] : undefined;
	return extension && claimed && !claimed.includes(kind) ? extension : null;
}

const latin = (bytes: Uint8Array, from = 0, to = bytes.length): string =>
	Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);

/** Where a PDF begins: mail gateways put lines before the header, which readers forgive up to a point. -1: this is no PDF. */
export const pdfStart = (bytes: Uint8Array): number => latin(bytes, 0, 8192).indexOf('%PDF-');

function kindOfZip(bytes: Uint8Array): Kind {
	const head = latin(bytes, 0, 4096);
	if (head.includes('[Content_Types].xml') || latin(bytes, Math.max(0, bytes.length - 65_536)).includes('[Content_Types].xml')) return 'office';
	if (head.slice(30, 120).startsWith('mimetypeapplication/vnd.oasis.opendocument')) return 'open_document';
	// Bit 0 of the general flags of the first entry: its content is encrypted (APPNOTE 4.4.4).
	return ((bytes[6] ?? 0) & 1) === 1 ? 'locked_zip' : 'zip';
}

function kindOfIsoMedia(bytes: Uint8Array): Kind {
	const brands = latin(bytes, 8, 64);
	if (/avi[fs]/.test(brands)) return 'avif';
	return /hei[cxms]|hev[cxms]|mif1|msf1/.test(brands) ? 'heic' : 'unknown';
}

/** First bytes, in hexadecimal. */
const signatures: readonly [RegExp, Kind | ((bytes: Uint8Array) => Kind)][] = [
	[/^ffd8ff/, 'jpeg'],
	[/^89504e470d0a1a0a/, 'png'],
	[/^(49492[ab]00|4d4d002[ab])/, 'tiff'],
	[/^52494646.{8}57454250/, 'webp'],
	[/^.{8}66747970/, kindOfIsoMedia],
	[/^474946383[79]61/, 'gif'],
	[/^424d.{8}00000000/, 'bmp'],
	[/^504b(0304|0506|0708)/, kindOfZip],
	// A compound file holds an old Office document, or a new one under a password.
	[/^d0cf11e0a1b11ae1/, (bytes) => (Buffer.from(bytes).includes('EncryptedPackage', 0, 'utf16le') ? 'locked_office' : 'old_office')],
	[/^526172211a07/, 'rar'],
	[/^377abcaf271c/, 'seven_zip'],
	[/^1f8b/, 'gzip'],
	[/^7b5c727466/, 'rtf'],
	[/^(4d5a.{116}|7f454c46)/, 'program'],
];

function kindOfText(text: string): Kind {
	const start = text.slice(0, 2000).trimStart();
	if (/^BEGIN:VCARD/i.test(start)) return 'vcard';
	if (/^(<!doctype html|<html\b)/i.test(start)) return 'html';
	if (/^<\?xml\b|^<[a-z_][\w.-]*(:[\w.-]+)?[\s/>]|^<!(--|doctype\b)/i.test(start)) return /<svg\b/i.test(start) ? 'svg' : 'xml';
	return 'text';
}

/** What the bytes are; `text` is theirs when they are text (null otherwise). */
export function kindOf(bytes: Uint8Array, text: string | null): Kind {
	if (pdfStart(bytes) >= 0) return 'pdf';
	const head = Buffer.from(bytes.subarray(0, 64)).toString('hex');
	const found = signatures.find(([pattern]) => pattern.test(head))?.[1];
	if (found) return typeof found === 'function' ? found(bytes) : found;
	return text === null ? 'unknown' : kindOfText(text);
}
