import { fold } from '../../platform/text.ts';

/** Where what others wrote before begins; on a folded line. */
const quotes = [
	/^le .{4,80} a ecrit ?:$/,
	/^on .{4,80} wrote:$/,
	/^-{2,} ?(message d'origine|message original|message transfere|original message|forwarded message|reponse)/,
	/^_{10,}$/,
	/^debut du message (transfere|reexpedie)/,
];
/** The head of an older message: « De : … », then « Envoyé : … ». */
const headFrom = /^(de|from) ?: /;
const headNext = /^(envoye|date|a|to|sent|objet|subject) ?: /;

/** Where a signature begins: a line of its own. */
const closing =
	/^(-- ?$|(bien |tres )?(cordialement|cdlt|amicalement|sincerement)\b|bien a (vous|toi)\b|(sinceres |meilleures |respectueuses )?salutations\b|(best|kind|warm) regards\b|regards,?$|veuillez agreer\b|je vous prie d'agreer\b|envoye de(puis)? mon\b|sent from my\b|telecharge depuis\b|obtenez outlook\b)/;
const greeting = /^(bonjour|bonsoir|salut|coucou|madame|monsieur|mesdames|messieurs|chere?s?|hello|hi|dear|good (morning|afternoon))\b/;
const longestGreeting = 60;
const greetingBefore = /^\s*(?:bonjour|bonsoir|salut|hello|hi|dear|chère?s?|madame|monsieur)(?:[ ,][^.!?,\n]{0,40})?[,!.]\s+/i;

function cutQuotes(lines: readonly string[]): string[] {
	const kept: string[] = [];
	for (const [index, line] of lines.entries()) {
		const folded = fold(line.trim());
		if (quotes.some((quote) => quote.test(folded))) break;
		if (headFrom.test(folded) && headNext.test(fold(lines[index + 1]?.trim() ?? ''))) break;
		if (!folded.startsWith('>')) kept.push(line);
	}
	return kept;
}

/** A closing word ends the message, unless hardly anything came before it. */
function cutSignature(lines: readonly string[]): string[] {
	const at = lines.findIndex((line, index) => index > 0 && line.length < 120 && closing.test(fold(line.trim())));
	return at < 0 ? [...lines] : lines.slice(0, at);
}

function cutGreeting(lines: readonly string[]): string[] {
	const first = lines.findIndex((line) => line.trim() !== '');
	const line = lines[first]?.trim() ?? '';
	if (first < 0 || !greeting.test(fold(line))) return [...lines];
	const rest = lines.slice(first + 1);
	if (line.length <= longestGreeting && !/[.?!].+/.test(line) && rest.some((one) => one.trim() !== '')) return rest;
	return [line.replace(greetingBefore, ''), ...rest];
}

/** More than any letter; a pasted log is not read to its end. */
const longestText = 20_000;

/** What the writer says this time: without greeting, signature, and the messages that are quoted below. Never empty unless the text is. */
export function bodyOf(text: string): string {
	const lines = text.slice(0, longestText).replaceAll('\r\n', '\n').split('\n');
	const body = cutGreeting(cutSignature(cutQuotes(lines)))
		.join('\n')
		.replaceAll(/\n{3,}/g, '\n\n')
		.trim();
	return body || text.slice(0, longestText).trim();
}
