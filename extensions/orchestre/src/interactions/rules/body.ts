import { fold } from '../../platform/text.ts';
import { withoutSignature } from './closing.ts';
import { withoutGreeting } from './greeting.ts';

/** Where what others wrote before begins; on a folded line. */
const quotes = [
	/^-{2,} ?(message d'origine|message original|message transfere|original message|forwarded message|reponse)/,
	/^_{10,}$/,
	/^debut du message (transfere|reexpedie)/,
];
/** « Le 3 nov. 2026, Anna ‹…› a écrit : », of which programmes make up to three lines. Without a date or an address it is a sentence: « Le client a écrit : ». */
const quoteHead = /^(le .{4,200} a ecrit ?:|on .{4,200} wrote:)$/;
const mostHeadLines = 3;
/** The head of an older message: « De : … », then « Envoyé : … ». */
const headFrom = /^(de|from) ?: /;
const headNext = /^(envoye|date|a|to|sent|objet|subject) ?: /;

function isQuoteHead(folded: readonly string[], at: number): boolean {
	if (!/^(le|on) /.test(folded[at] ?? '')) return false;
	for (let size = 1; size <= mostHeadLines; size++) {
		const head = folded.slice(at, at + size).join(' ');
		if (quoteHead.test(head)) return /\d|@/.test(head);
		if (/[.!?]$/.test(head)) return false;
	}
	return false;
}

function cutQuotes(lines: readonly string[]): string[] {
	const kept: string[] = [];
	const folded = lines.map((line) => fold(line.trim()));
	for (const [index, line] of folded.entries()) {
		if (quotes.some((quote) => quote.test(line)) || isQuoteHead(folded, index)) break;
		if (headFrom.test(line) && headNext.test(folded[index + 1] ?? '')) break;
		if (!line.startsWith('>')) kept.push(lines[index] ?? '');
	}
	return kept;
}

function cutGreeting(lines: readonly string[]): string[] {
	const first = lines.findIndex((line) => line.trim() !== '');
	return first < 0 ? [...lines] : [withoutGreeting(lines[first] ?? ''), ...lines.slice(first + 1)];
}

/** More than any letter; a pasted log is not read to its end. */
const longestText = 20_000;

/** What the writer says this time: without greeting, signature, and the messages that are quoted below. Never empty unless the text is. */
export function bodyOf(text: string): string {
	const lines = text.slice(0, longestText).replaceAll('\r\n', '\n').split('\n');
	const body = cutGreeting(withoutSignature(cutQuotes(lines)))
		.join('\n')
		.replaceAll(/\n{3,}/g, '\n\n')
		.trim();
	return body || text.slice(0, longestText).trim();
}
