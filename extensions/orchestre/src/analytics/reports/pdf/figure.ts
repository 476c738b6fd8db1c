import { moveFrom, targetWords, valueWords, type Move } from '../rules/words.ts';
import type { ReportFigure } from '../types.ts';
import type { Paper } from './draw.ts';
import { fonts, inks, inner, page, printable } from './page.ts';

export const figureHeight = 54;

const columns = { name: page.margin, move: page.margin + 190, target: page.margin + 330, trend: page.margin + inner - 74 } as const;

const inkOf = (isGood: boolean | null): string => (isGood === null ? inks.soft : isGood ? inks.good : inks.bad);

/** An arrow of our own: the fonts have none. It says the direction, so that the colour is not needed. */
function drawArrow(paper: Paper, way: Move['way'], x: number, y: number, ink: string): void {
	if (way === 'same') paper.rect(x, y + 3, 6, 1.5).fill(ink);
	else if (way === 'up') paper.polygon([x, y + 6], [x + 3, y], [x + 6, y + 6]).fill(ink);
	else paper.polygon([x, y], [x + 3, y + 6], [x + 6, y]).fill(ink);
}

/** The last periods as a line; gaps stay gaps. */
function drawTrend(paper: Paper, history: readonly (number | null)[], x: number, y: number): void {
	const known = history.filter((value) => value !== null);
	if (known.length < 2) return;
	const [width, height] = [74, 24];
	const [low, high] = [Math.min(0, ...known), Math.max(...known)];
	const at = (value: number, index: number): [number, number] => [x + (index * width) / (history.length - 1), y + height - ((value - low) / (high - low || 1)) * height];
	paper.lineWidth(0.5).strokeColor(inks.line).moveTo(x, y + height).lineTo(x + width, y + height).stroke();
	paper.lineWidth(1.2).strokeColor(inks.brand);
	let isDrawing = false;
	history.forEach((value, index) => {
		if (value === null) isDrawing = false;
		else if (isDrawing) paper.lineTo(...at(value, index));
		else {
			paper.moveTo(...at(value, index));
			isDrawing = true;
		}
	});
	paper.stroke();
	const last = history.length - 1;
	const value = history[last];
	if (typeof value === 'number') paper.circle(...at(value, last), 2).fill(inks.brand);
} // prettier-ignore

/** One KPI on one line: name and value, against last time, against its target, its last periods. */
export function drawFigure(paper: Paper, figure: ReportFigure): void {
	const y = paper.y;
	const small = (text: string, x: number, top: number, ink: string, width: number): void => void paper.font(fonts.text).fontSize(8.5).fillColor(ink).text(printable(text), x, top, { width, height: 22, ellipsis: true }); // prettier-ignore
	paper.font(fonts.text).fontSize(9).fillColor(inks.soft).text(printable(figure.name), columns.name, y, { width: 400, height: 11, ellipsis: true });
	const size = figure.value === null ? 10 : 17;
	paper.font(fonts.bold).fontSize(size).fillColor(figure.value === null ? inks.soft : inks.text).text(printable(valueWords(figure)), columns.name, y + 13, { width: 180, height: 22, ellipsis: true }); // prettier-ignore
	const move = moveFrom(figure, figure.previous);
	if (move) {
		drawArrow(paper, move.way, columns.move, y + 15, inkOf(move.isGood));
		small(move.text, columns.move + 10, y + 14, inkOf(move.isGood), 122);
	}
	const target = targetWords(figure);
	if (target) {
		small(target.text, columns.target, y + 14, inkOf(target.isReached), 88);
		if (target.share !== null) {
			paper.rect(columns.target, y + 37, 80, 3).fill(inks.pale);
			paper.rect(columns.target, y + 37, 80 * Math.max(0, Math.min(1, target.share)), 3).fill(inkOf(target.isReached));
		}
	}
	drawTrend(paper, figure.history, columns.trend, y + 8);
	paper.lineWidth(0.5).strokeColor(inks.line).moveTo(page.margin, y + figureHeight - 8).lineTo(page.margin + inner, y + figureHeight - 8).stroke(); // prettier-ignore
	paper.x = page.margin;
	paper.y = y + figureHeight;
}
