/** What leads to a person or an account and says nothing of what is meant; the longest kinds first. */
const patterns: readonly [RegExp, string][] = [
	[/\bhttps?:\/\/\S+|\bwww\.\S+/gi, '[lien]'],
	// Begins only where a word does, and every part has one way to end: linear, however long the text is.
	[
		/(?<![\p{L}\d._%+-])[\p{L}\d._%+-]+(?:@| ?[([{] ?(?:at|arobase?) ?[)\]}] ?)[\p{L}\d-]+(?:(?:\.| ?[([{] ?(?:dot|point) ?[)\]}] ?)[\p{L}\d-]+)+/giu,
		'[e-mail]',
	],
	[/\b[A-Z]{2}\d{2}(?:[ \u00a0\u202f.-]?[A-Z\d]{4}){3,7}(?:[ \u00a0\u202f.-]?[A-Z\d]{1,3})?\b/g, '[IBAN]'],
	// Written small: every group but the bank's holds a digit, for else « fr76 … pour votre » would swallow words.
	[
		/\b[a-z]{2}\d{2}[ \u00a0\u202f.-]?[a-z\d]{4}(?:[ \u00a0\u202f.-]?(?=[a-z]{0,3}\d)[a-z\d]{4}){2,6}(?:[ \u00a0\u202f.-]?(?=[a-z]{0,2}\d)[a-z\d]{1,3})?\b/gi,
		'[IBAN]',
	],
	[/(?<![\d,.])\d(?:[ \u00a0\u202f.-]?\d){12,18}(?!\d)/g, '[numéro]'],
	[/(?<![\d,.])(?:\+|00)\d{1,3}[ \u00a0\u202f.-]?(?:\(0\)[ \u00a0\u202f.-]?)?\d(?:[ \u00a0\u202f.-]?\d){7,10}(?![\d])/g, '[téléphone]'],
	[/(?<![\d,.])0[1-9](?:[ \u00a0\u202f.-]?\d{2}){4}(?!\d)/g, '[téléphone]'],
];

/** A text as it may leave the company: without e-mail and web addresses, phone numbers, IBAN and long numbers. Names stay: nobody can find them all. */
export const masked = (text: string): string => patterns.reduce((rest, [pattern, word]) => rest.replaceAll(pattern, word), text);
