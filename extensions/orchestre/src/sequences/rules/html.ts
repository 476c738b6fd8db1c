import { escapeHtml } from '../../platform/html.ts';

/** Whether an author wrote HTML: a tag that structures or marks up a text. A lone `<` is just a sign. */
export const isHtml = (text: string): boolean => /<\/?(?:p|div|br|a|ul|ol|li|table|tr|td|strong|b|em|i|u|h[1-6]|span|img|html|body)\b[^>]*>/i.test(text);

const links = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

/** Plain text as HTML: escaped, blank lines as paragraphs, addresses as links. */
export function toHtml(text: string): string {
	const paragraph = (part: string): string =>
		`<p>${escapeHtml(part)
			.replaceAll(links, (link) => `<a href="${link}">${link}</a>`)
			.replaceAll('\n', '<br>\n')}</p>`;
	return text
		.split(/\n\s*\n/)
		.filter((part) => part.trim())
		.map((part) => paragraph(part.trim()))
		.join('\n');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', '#39': "'", '#34': '"' };

/** The plain text of an HTML message, for mail readers without HTML: tags fall away, addresses of links stay. */
export function fromHtml(html: string): string {
	return html
		.replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
		.replaceAll(/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, (_all, href: string, words: string) => (words.includes(href) ? words : `${words} (${href})`))
		.replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi, '\n')
		.replaceAll(/<[^>]*>/g, '')
		.replaceAll(/&(#?\w+);/g, (all, name: string) => named[name] ?? all)
		.replaceAll(/[ \t]+/g, ' ')
		.replaceAll(/ ?\n ?/g, '\n')
		.replaceAll(/\n{3,}/g, '\n\n')
		.trim();
}
