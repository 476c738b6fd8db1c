import Pdf from 'pdfkit';

export type Style = { size?: number; bold?: boolean; right?: number; centre?: number; colour?: string; width?: number; gap?: number };

/** A page to draw on, in points from the top left corner. Text stands where it is put: layouts place every word themselves. */
export class Paper {
	readonly width: number;
	readonly height: number;
	readonly #pdf: InstanceType<typeof Pdf>;
	readonly #chunks: Buffer[] = [];
	readonly #fonts: readonly [plain: string, bold: string];

	constructor(width = 595, height = 842, family: 'sans' | 'serif' | 'mono' = 'sans') {
		[this.width, this.height] = [width, height];
		this.#pdf = new Pdf({ size: [width, height], margin: 0, info: { CreationDate: new Date(0) } });
		this.#pdf.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
		this.#fonts = family === 'serif' ? ['Times-Roman', 'Times-Bold'] : family === 'mono' ? ['Courier', 'Courier-Bold'] : ['Helvetica', 'Helvetica-Bold'];
	}

	/** One line (or a paragraph when it has a width); returns the height below it. */
	text(x: number, y: number, words: string, { size = 9, bold = false, right, centre, colour = '#111111', width, gap }: Style = {}): number {
		this.#pdf.font(bold ? this.#fonts[1] : this.#fonts[0], size).fillColor(colour);
		if (width !== undefined) {
			this.#pdf.text(words, x, y, { width, lineGap: gap ?? 1.5 });
			return this.#pdf.y;
		}
		const wide = this.#pdf.widthOfString(words);
		const left = right !== undefined ? right - wide : centre !== undefined ? centre - wide / 2 : x;
		this.#pdf.text(words, left, y, { lineBreak: false });
		return y + size * 1.35;
	}

	/** Lines one below the other. */
	lines(x: number, y: number, words: readonly string[], style: Style = {}): number {
		return words.reduce((at, line) => this.text(x, at, line, style), y);
	}

	rule(x: number, y: number, width: number, colour = '#999999'): void {
		this.#pdf
			.moveTo(x, y)
			.lineTo(x + width, y)
			.lineWidth(0.6)
			.strokeColor(colour)
			.stroke();
	}

	box(x: number, y: number, width: number, height: number, fill?: string): void {
		if (fill) this.#pdf.rect(x, y, width, height).fill(fill);
		else this.#pdf.rect(x, y, width, height).lineWidth(0.6).strokeColor('#555555').stroke();
	}

	/** A logo of no letters. */
	mark(x: number, y: number, size: number, colour: string): void {
		this.#pdf.circle(x + size / 2, y + size / 2, size / 2).fill(colour);
	}

	nextPage(): void {
		this.#pdf.addPage({ size: [this.width, this.height], margin: 0 });
	}

	/** The finished file. */
	async bytes(): Promise<Buffer> {
		const ended = new Promise((resolve) => this.#pdf.on('end', resolve));
		this.#pdf.end();
		await ended;
		return Buffer.concat(this.#chunks);
	}
}
