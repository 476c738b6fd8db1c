import { numberFormat } from './formats.ts';

/** How an integer stands for what people read: euros in cents, rates in basis points, quantities in thousandths. */
export type AmountUnit = 'eur' | 'keur' | 'percent' | 'quantity';
export type Language = 'fr' | 'en';
export type AmountError = 'not-a-number' | 'too-precise' | 'out-of-range';
export type ParsedAmount = { value: number | null } | { error: AmountError };

type UnitRules = {
	/** Number of decimals that the integer holds. */
	scale: number;
	/** Decimals shown even when they are zero. */
	shown: number;
	/** What may stand before or after the number, lower case. */
	marks: readonly string[];
};

const units: Record<AmountUnit, UnitRules> = {
	eur: { scale: 2, shown: 2, marks: ['€', 'euros', 'euro', 'eur'] },
	keur: { scale: 0, shown: 0, marks: ['k€', 'keur', '€k', 'k'] },
	percent: { scale: 2, shown: 0, marks: ['%'] },
	quantity: { scale: 3, shown: 0, marks: [] },
};

const largest = 2_147_483_647n;
const smallest = -2_147_483_648n;
const longestInput = 64;

const decimalMark: Record<Language, string> = { fr: ',', en: '.' };

export const isAmountUnit = (unit: unknown): unit is AmountUnit => typeof unit === 'string' && Object.hasOwn(units, unit);

/** Number of decimals that a unit's integer holds. */
export const decimalsOf = (unit: AmountUnit): number => units[unit].scale;

/** `123456` with 2 decimals is `1234.56`: text all the way, so no float comes near a cent. */
function decimalString(value: number, scale: number): `${number}` {
	const digits = String(Math.abs(value)).padStart(scale + 1, '0');
	const whole = digits.slice(0, digits.length - scale);
	const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`;
	return `${value < 0 ? '-' : ''}${text}` as `${number}`;
}

/** The number without its unit, as an input shows it: `1 234,56`. What is no integer (a row written past the rules) is shown as it is. */
export function formatNumber(value: number, unit: AmountUnit, language: Language): string {
	if (!Number.isSafeInteger(value)) return String(value);
	const { scale, shown } = units[unit];
	return numberFormat(language, { minimumFractionDigits: shown, maximumFractionDigits: scale }).format(decimalString(value, scale));
}

/** What stands beside the number: `€`, `k€`, `%`, or nothing. */
export const unitMark = (unit: AmountUnit): string => units[unit].marks[0] ?? '';

/** The amount as it is read in lists and sentences: `1 234,56 €`, `12,5 %`. */
export function formatAmount(value: number, unit: AmountUnit, language: Language): string {
	const number = formatNumber(value, unit, language);
	const mark = unitMark(unit);
	if (!mark) return number;
	return unit === 'percent' && language === 'en' ? `${number}${mark}` : `${number}\u00a0${mark}`;
}

/** Takes away the unit's own mark, once, before or after. Another unit's mark stays, and is refused: 12 k€ is not 12 €. */
function withoutMark(text: string, marks: readonly string[]): string {
	for (const mark of marks) {
		if (text.endsWith(mark)) return text.slice(0, -mark.length).trim();
		if (text.startsWith(mark)) return text.slice(mark.length).trim();
	}
	return text;
}

/** `1 234 567`, `1.234.567` or `1234567`, and nothing in between: a space astray is rather a slip than a thousand. */
function ungroup(text: string): string | null {
	if (/^\d*$/.test(text)) return text;
	const separator = /[^\d]/.exec(text)?.[0];
	const [first = '', ...groups] = text.split(separator ?? ' ');
	const regular = /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
	return regular ? first + groups.join('') : null;
}

/**
 * Where the decimals begin, or -1. Of two kinds of marks the last one is decimal; one that is repeated groups thousands;
 * a single one is decimal (the keypad types a point in France), but for the English thousand, `1,234`.
 */
function decimalIndex(text: string, language: Language): number {
	const marks = [...text.matchAll(/[.,]/g)];
	const last = marks.at(-1);
	if (!last) return -1;
	if (marks.some(([mark]) => mark !== last[0])) return last.index;
	if (marks.length > 1) return -1;
	const isEnglishThousand = language === 'en' && last[0] !== decimalMark.en && /^\d{1,3},\d{3}$/.test(text);
	return isEnglishThousand ? -1 : last.index;
}

/**
 * Reads what a person typed or pasted (`1 234,5`, `1234.50`, `1 234,56 €`, `−12`) as the integer to store; empty text is null.
 * Never rounds: more decimals than the unit holds are an error, as are numbers that do not fit into 32 bits.
 */
export function parseAmount(input: string, unit: AmountUnit, language: Language): ParsedAmount {
	if (input.length > longestInput) return { error: 'not-a-number' };
	const { scale, marks } = units[unit];
	const plain = input
		.normalize('NFKC')
		.replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '')
		.replaceAll(/\s/g, ' ')
		.trim()
		.toLowerCase();
	if (plain === '') return { value: null };

	const [, sign = '', unsigned = ''] = /^([-+−–]?) ?(.*)$/.exec(withoutMark(plain, marks)) ?? [];
	const number = unsigned.replaceAll(/['’]/g, ' ');
	const at = decimalIndex(number, language);
	const whole = ungroup(at < 0 ? number : number.slice(0, at));
	const decimals = at < 0 ? '' : number.slice(at + 1);
	if (whole === null || !/^\d*$/.test(decimals) || whole + decimals === '') return { error: 'not-a-number' };
	if (decimals.length > scale) return { error: 'too-precise' };

	const digits = BigInt(whole + decimals.padEnd(scale, '0'));
	const value = sign === '' || sign === '+' ? digits : -digits;
	return value > largest || value < smallest ? { error: 'out-of-range' } : { value: Number(value) };
}

/** Cents as round euros, for sentences: `1 235 €`. */
export const roundEuros = (cents: number, language: Language = 'fr'): string =>
	`${numberFormat(language, { maximumFractionDigits: 0 }).format(Math.round(cents / 100))}\u00a0€`;
