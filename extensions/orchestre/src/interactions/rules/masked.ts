/** What leads to a person or an account and says nothing of what is meant; the longest kinds first. */
const patterns: readonly [RegExp, string][] = [
	[/\bhttps?:\/\/\S+|\bwww\.\S+/gi, '[lien]'],
	[/[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/gu, '[e-mail]'],
	[/\b[A-Z]{2}\d{2}(?:[ .]?[A-Z\d]{4}){3,7}(?:[ .]?[A-Z\d]{1,3})?\b/g, '[IBAN]'],
	[/(?<![\d,.])\d(?:[ .-]?\d){12,18}(?!\d)/g, '[numéro]'],
	[/(?<![\d,.])(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d(?:[ .-]?\d){7,10}(?![\d])/g, '[téléphone]'],
	[/(?<![\d,.])0[1-9](?:[ .-]?\d{2}){4}(?!\d)/g, '[téléphone]'],
];

/** A text as it may leave the company: without e-mail and web addresses, phone numbers, IBAN and long numbers. Names stay: nobody can find them all. */
export const masked = (text: string): string => patterns.reduce((rest, [pattern, word]) => rest.replaceAll(pattern, word), text);
