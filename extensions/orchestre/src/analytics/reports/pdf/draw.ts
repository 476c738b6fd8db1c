import type PDFKit from 'pdfkit';
import { frenchMoment } from '../../../platform/time/paris.ts';
import type { Report } from '../types.ts';
import { drawFigure, figureHeight } from './figure.ts';
import { drawGain, gainHeight } from './gain.ts';
import { fonts, inks, inner, page, printable } from './page.ts';

export type Paper = PDFKit.PDFDocument;

/** Left of the foot, on every page; written last, when the number of pages is known. */
function drawFeet(paper: Paper, { company, title, madeAt }: Report, hash: string): void {
	const { start, count } = paper.bufferedPageRange();
	for (let index = start; index < start + count; index += 1) {
		paper.switchToPage(index);
		const y = page.height - page.margin + 12;
		// Below the margin pdfkit would begin a new page.
		paper.page.margins.bottom = 0;
		paper.font(fonts.text).fontSize(7.5).fillColor(inks.soft);
		paper.text(printable(`${company} · ${title} · produit le ${frenchMoment(new Date(madeAt))} · chiffres figés, empreinte ${hash.slice(0, 12)}`), page.margin, y, { lineBreak: false });
		paper.text(`${index - start + 1} / ${count}`, page.margin, y, { width: inner, align: 'right', lineBreak: false });
	}
} // prettier-ignore

function drawHead(paper: Paper, report: Report): void {
	paper.rect(0, 0, page.width, 6).fill(inks.brand);
	paper.font(fonts.text).fontSize(10).fillColor(inks.soft).text(printable(report.company), page.margin, 30, { paragraphGap: 3 });
	paper.font(fonts.bold).fontSize(22).fillColor(inks.text).text(printable(report.title), { paragraphGap: 2 });
	const running = report.period.isOver ? '' : ' (en cours)';
	paper
		.font(fonts.text)
		.fontSize(11)
		.fillColor(inks.text)
		.text(printable(`${capital(report.period.name)}${running} · ${report.scope}`));
	if (report.scope !== report.reader)
		paper
			.fontSize(9)
			.fillColor(inks.soft)
			.text(printable(`Pour ${report.reader}`));
	paper.moveDown(1);
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);

const heading = (paper: Paper, text: string): void => {
	roomFor(paper, 60);
	paper.moveDown(0.8).font(fonts.bold).fontSize(13).fillColor(inks.text).text(printable(text), page.margin, paper.y, { paragraphGap: 6 });
};

/** A new page where the next thing would be cut. */
function roomFor(paper: Paper, height: number): void {
	if (paper.y + height > page.height - page.margin) paper.addPage();
}

function drawNothing(paper: Paper): void {
	paper.font(fonts.text).fontSize(11).fillColor(inks.soft).text(printable('Aucun chiffre pour cette période : les indicateurs de ce cockpit n’ont pas encore de résultat, ou ce rôle n’y a pas accès.')); // prettier-ignore
}

/** Draws the whole report; `hash` is that of its figures. */
export function drawReport(paper: Paper, report: Report, hash: string): void {
	drawHead(paper, report);
	for (const gain of report.gains) {
		roomFor(paper, gainHeight(paper, gain));
		drawGain(paper, gain);
	}
	for (const figure of report.figures) {
		roomFor(paper, figureHeight);
		drawFigure(paper, figure);
	}
	if (report.gains.length + report.figures.length === 0) drawNothing(paper);
	const changes = report.figures.flatMap(({ changes: lines }) => lines);
	if (changes.length > 0) {
		heading(paper, 'Ce qui a changé');
		for (const line of changes) {
			roomFor(paper, 30);
			paper.font(fonts.text).fontSize(10).fillColor(inks.text).text(printable(`•  ${line}`), page.margin, paper.y, { width: inner, indent: 0, paragraphGap: 4 });
		}
	}
	if (report.figures.length > 0) {
		heading(paper, 'Comment ces chiffres sont calculés');
		for (const { name, formula } of report.figures) {
			roomFor(paper, 24);
			paper.font(fonts.bold).fontSize(8.5).fillColor(inks.text).text(printable(`${name} : `), page.margin, paper.y, { width: inner, continued: true });
			paper.font(fonts.text).fillColor(inks.soft).text(printable(formula), { paragraphGap: 3 });
		}
	}
	drawFeet(paper, report, hash);
} // prettier-ignore
