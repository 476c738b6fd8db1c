import { escapeHtml } from '../../platform/html.ts';
import { mailId, publicLink, type ServiceLetter } from '../../sequences/mail.ts';
import { moveFrom, targetWords, valueWords } from './rules/words.ts';
import { fileName } from './store.ts';
import type { Report, ReportFigure } from './types.ts';

type Letter = ServiceLetter & { attachments: { filename: string; content: Buffer; contentType: string }[] };

/** What a message shows of a report: all of it is in the file. */
const shownFigures = 6;
const shownChanges = 3;

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
const lineOf = (figure: ReportFigure): string =>
	[`${figure.name} : ${valueWords(figure)}`, moveFrom(figure, figure.previous)?.text, targetWords(figure)?.text].filter(Boolean).join(', ');

/** The message that brings a report: its first figures, what changed, and the file. */
export function reportLetter(report: Report, { id, to, pdf }: { id: string; to: { name: string; address: string }; pdf: Buffer }): Letter {
	const { title, period, company, figures, gains } = report;
	const lines = figures.slice(0, shownFigures).map(lineOf);
	const changes = figures.flatMap(({ changes: own }) => own).slice(0, shownChanges);
	const link = publicLink(`/admin/content/reports/${id}`);
	const opening = `${title}, ${period.name} (${report.scope}).`;
	const told = gains.length > 0 ? [`${gains.length} promesses suivies ; le détail est dans le fichier joint.`] : lines;
	const text = [opening, '', ...told.map((line) => `- ${line}`), ...(changes.length > 0 ? ['', 'Ce qui a changé :', ...changes.map((line) => `- ${line}`)] : []), '', `Le rapport complet est joint. Il reste dans Orchestre : ${link}`].join('\n'); // prettier-ignore
	const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
	const html = [
		`<p>${escapeHtml(opening)}</p>`,
		list(told),
		changes.length > 0 ? `<p>Ce qui a changé :</p>${list(changes)}` : '',
		`<p>Le rapport complet est joint. Il reste <a href="${escapeHtml(link)}">dans Orchestre</a>.</p>`,
	].join('');
	return {
		to,
		sender: { name: null, email: null },
		house: company,
		messageId: mailId('report', id),
		message: { subject: `${title} : ${capital(period.name)}`, text, html },
		attachments: [{ filename: fileName(report), content: pdf, contentType: 'application/pdf' }],
	};
}
