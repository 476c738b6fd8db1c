/** Small helpers on text that the rules of this room share. */

const ascii = /^[\u0020-\u007e]*$/;

/** Lower case, no accents, ligatures spelt out, straight apostrophes: two spellings of one word become equal. */
export function fold(text: string): string {
	if (ascii.test(text)) return text.toLowerCase();
	return text
		.normalize('NFD')
		.replaceAll(/\p{M}+/gu, '')
		.toLowerCase()
		.replaceAll('œ', 'oe')
		.replaceAll('æ', 'ae')
		.replaceAll('ß', 'ss')
		.replaceAll('’', "'");
}

/** Every run of blanks (line ends and non-breaking spaces too) becomes one space. */
export const collapse = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** Whether a text has more than `max` characters as a database counts them (an emoji is one). Cheap on huge texts. */
export function longerThan(text: string, max: number): boolean {
	if (text.length <= max) return false;
	if (text.length > max * 2) return true;
	return [...text].length > max;
}

/** At most `max` characters, the last one an ellipsis when something was cut. */
export const shorten = (text: string, max: number): string =>
	longerThan(text, max)
		? `${Array.from(text.slice(0, max * 2))
				.slice(0, max - 1)
				.join('')}…`
		: text;

const whole = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });

/** A number as the French write it: `12 500`, `0,5`. */
export const frenchNumber = (value: number): string => (Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : whole.format(value));

/** `1 page vue`, `3 pages vues`: in French everything below two is singular. */
export const counted = (value: number, one: string, many: string): string => `${frenchNumber(value)} ${Math.abs(value) < 2 ? one : many}`;

/** `Santé`, `Santé et BTP`, `Santé, BTP et Tech`. */
export const listed = (words: readonly string[]): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} et ${words.at(-1)}`);

/** What turns a line around, hides in it or ends it: marks of direction, of no width, control characters. */
const unseen = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A name from outside as one line that reads as it is: without such marks, each run of blanks one space. */
export const plainLine = (text: string): string => collapse(text.replaceAll(/[\t\n\r]/g, ' ').replaceAll(unseen, ''));
