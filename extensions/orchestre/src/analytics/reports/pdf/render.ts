import { createHash } from 'node:crypto';
import type { Report } from '../types.ts';
import { drawReport } from './draw.ts';
import { drawMinus } from './minus.ts';
import { page } from './page.ts';

/** Hash of a report's figures, as `reports.figures_sha256` keeps it. */
export const hashOf = (report: Report): string => createHash('sha256').update(JSON.stringify(report)).digest('hex');

/** The report as a PDF, A4. The same report gives the same bytes. */
export async function renderPdf(report: Report): Promise<Buffer> {
	const { default: PDFDocument } = await import('pdfkit');
	const { margin } = page;
	const paper = new PDFDocument({
		size: 'A4',
		margins: { top: margin, bottom: margin, left: margin, right: margin },
		bufferPages: true,
		lang: 'fr-FR',
		displayTitle: true,
		info: { Title: `${report.title} – ${report.period.name}`, Author: report.company, Creator: 'Orchestre', CreationDate: new Date(report.madeAt) },
	});
	const parts: Buffer[] = [];
	const done = new Promise<Buffer>((resolve, reject) => {
		paper.on('data', (part: Buffer) => parts.push(part));
		paper.on('end', () => resolve(Buffer.concat(parts)));
		paper.on('error', reject);
	});
	drawMinus(paper as unknown as Parameters<typeof drawMinus>[0]);
	drawReport(paper, report, hashOf(report));
	paper.end();
	return done;
}
