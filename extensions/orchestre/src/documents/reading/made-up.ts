/** Files made up for tests: small PDFs written by hand, good ones and hostile ones. Not part of the bundle. */
import { deflateSync } from 'node:zlib';

type Parts = { objects: string[]; binary?: Map<number, Uint8Array> };

/** A PDF of these objects (numbered from 1; the first is the catalogue), with a cross-reference table; `trailer` adds entries to it. */
export function assemble({ objects, binary = new Map() }: Parts, trailer = ''): Uint8Array {
	const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
	const offsets: number[] = [];
	let length = chunks[0]?.length ?? 0;
	const push = (chunk: Buffer): void => {
		chunks.push(chunk);
		length += chunk.length;
	};
	objects.forEach((body, index) => {
		offsets.push(length);
		const stream = binary.get(index + 1);
		push(Buffer.from(`${index + 1} 0 obj\n${body}\n`, 'latin1'));
		if (stream) push(Buffer.concat([Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')]));
		push(Buffer.from('endobj\n'));
	});
	const start = length;
	const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	push(
		Buffer.from(
			`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`,
		),
	);
	return new Uint8Array(Buffer.concat(chunks));
}

const escaped = (text: string): string => text.replace(/[\\()]/g, '\\$&');

/** The content of a page with these lines from its top. */
export const contentOf = (lines: readonly string[]): string => `BT /F1 12 Tf 14 TL 72 770 Td ${lines.map((line) => `(${escaped(line)}) Tj T*`).join(' ')} ET`;

export type PdfOptions = {
	/** `/Rotate` of all pages. */
	rotate?: number;
	/** Entries of the catalogue. */
	catalogue?: string;
	/** Objects after the pages', the first has the number `4 + 2 × pages`. */
	more?: string[];
	/** Entries of the trailer. */
	trailer?: string;
};

/** An A4 PDF with a text layer: a page for each list of lines (Latin 1). */
export function makePdf(pages: readonly (readonly string[])[], { rotate = 0, catalogue = '', more = [], trailer = '' }: PdfOptions = {}): Uint8Array {
	const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
	const objects = [
		`<</Type/Catalog/Pages 2 0 R${catalogue}>>`,
		`<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
	];
	const binary = new Map<number, Uint8Array>();
	pages.forEach((lines, index) => {
		const content = deflateSync(Buffer.from(contentOf(lines), 'latin1'));
		objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate ${rotate}/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + 2 * index} 0 R>>`);
		objects.push(`<</Length ${content.length}/Filter/FlateDecode>>`);
		binary.set(5 + 2 * index, content);
	});
	return assemble({ objects: [...objects, ...more], binary }, trailer);
}
