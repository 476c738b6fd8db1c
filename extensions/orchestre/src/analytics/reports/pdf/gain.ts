import { counted } from '../../../platform/text.ts';
import { valueText } from '../../kpis/rules/value.ts';
import type { ReportGain } from '../types.ts';
import type { Paper } from './draw.ts';
import { fonts, inks, inner, page, printable } from './page.ts';

const column = inner / 3;

const linesOf = ({ formula }: ReportGain): string => `Mesuré ainsi : ${formula}`;

export function gainHeight(paper: Paper, gain: ReportGain): number {
	return (
		74 +
		paper
			.font(fonts.text)
			.fontSize(8.5)
			.heightOfString(printable(linesOf(gain)), { width: inner })
	);
}

/** A promise, where the company stood, what it aims at, and what is measured; what is not known is said, never made up. */
export function drawGain(paper: Paper, gain: ReportGain): void {
	const y = paper.y;
	const text = (value: number | null, none: string): string => (value === null ? none : valueText(value, gain.unit, gain.decimals));
	paper.font(fonts.bold).fontSize(11).fillColor(inks.text).text(printable(gain.name), page.margin, y, { width: inner, height: 14, ellipsis: true });
	paper
		.font(fonts.text)
		.fontSize(9)
		.fillColor(inks.soft)
		.text(printable(gain.promise), page.margin, y + 15, { width: inner, height: 12, ellipsis: true });
	const cells = [
		['Au départ', text(gain.baseline, 'À renseigner'), gain.baseline === null ? 'dans la fiche de l’indicateur' : (gain.baselineSource ?? '')],
		['Objectif', text(gain.target, 'Sans objectif'), ''],
		['Mesuré', text(gain.value, 'Pas encore mesuré'), gain.cases > 0 ? counted(gain.cases, 'cas', 'cas') : ''],
	] as const;
	cells.forEach(([label, value, note], index) => {
		const x = page.margin + index * column;
		paper.font(fonts.text).fontSize(8).fillColor(inks.soft).text(printable(note ? `${label} (${note})` : label), x, y + 30, { width: column - 8, height: 10, ellipsis: true }); // prettier-ignore
		paper
			.font(fonts.bold)
			.fontSize(13)
			.fillColor(inks.text)
			.text(printable(value), x, y + 40, { width: column - 8, height: 16, ellipsis: true });
	});
	paper
		.font(fonts.text)
		.fontSize(8.5)
		.fillColor(inks.soft)
		.text(printable(linesOf(gain)), page.margin, y + 58, { width: inner });
	paper
		.lineWidth(0.5)
		.strokeColor(inks.line)
		.moveTo(page.margin, paper.y + 6)
		.lineTo(page.margin + inner, paper.y + 6)
		.stroke();
	paper.x = page.margin;
	paper.y += 14;
}
