import { ibanLength, toIban } from '../../platform/input/iban.ts';
import { isValidSiren, isValidSiret } from '../../platform/input/siren.ts';
import { toVatNumber } from '../../platform/input/vat.ts';
import { regionOf, tokensBetween, type Region, type Row, type Sheet } from './page-text.ts';

export type IdentifierKind = 'siren' | 'siret' | 'vat_number' | 'iban' | 'bic' | 'email' | 'website';

/** A number that names a party or an account. `checked`: its own check digits agree. `labelled`: its label stands before it. */
export type Identifier = Region & { row: Row; kind: IdentifierKind; value: string; checked: boolean; labelled: boolean };

/** The key of a French account (RIB): 97 less the remainder of bank, branch and account, letters as the norm counts them. */
export function isValidRib(bank: string, branch: string, account: string, key: string): boolean {
	const digits = account.toUpperCase().replaceAll(/[A-Z]/g, (letter) => String((letter.charCodeAt(0) - (letter < 'J' ? 64 : letter < 'S' ? 73 : 81)) % 10));
	if (!/^\d{5}$/.test(bank) || !/^\d{5}$/.test(branch) || !/^\d{11}$/.test(digits) || !/^\d{2}$/.test(key)) return false;
	return 97n - ((89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(digits)) % 97n) === BigInt(key);
}

/** A French IBAN from the parts of a RIB. */
export function ibanOfRib(bank: string, branch: string, account: string, key: string): string {
	const bban = `${bank}${branch}${account.toUpperCase()}${key}`;
	let rest = 0;
	for (const letter of `${bban}FR00`) rest = Number(`${rest}${Number.parseInt(letter, 36)}`) % 97;
	return `FR${String(98 - rest).padStart(2, '0')}${bban}`;
}

const confusions: Record<string, string> = { O: '0', o: '0', Q: '0', D: '0', I: '1', l: '1', i: '1', '|': '1', S: '5', s: '5', B: '8', Z: '2', z: '2', G: '6' };
const asDigits = (text: string): string => text.replaceAll(/[OoQDIli|SsBZzG]/g, (letter) => confusions[letter] ?? letter);

/** IBANs as a scan may have misread them: letters where the country wants digits, put right only when the check then agrees. */
function repairedIban(text: string): string | null {
	const compact = text.replaceAll(/[\s.-]/gu, '');
	const asRead = toIban(compact);
	if (asRead) return asRead;
	const fixed = compact.slice(0, 2).toUpperCase().replace('0', 'O') + asDigits(compact.slice(2, 4)) + asDigits(compact.slice(4));
	return toIban(fixed);
}

const vatForm =
	/(?<![A-Z0-9])(FR ?[0-9A-HJ-NP-Z]{2} ?\d{3} ?\d{3} ?\d{3}|(?:DE|GB|PT|EE|EL) ?\d{9}|ATU\d{8}|BE ?[01]?\d{3}[. ]?\d{3}[. ]?\d{3}|ES ?[0-9A-Z]\d{7}[0-9A-Z]|IT ?\d{11}|LU ?\d{8}|IE ?\d[0-9A-Z]\d{5}[A-Z]{1,2}|NL ?\d{9}B\d{2}|PL ?\d{10}|SE ?\d{12}|DK ?\d{8}|FI ?\d{8}|EU ?\d{9}|CHE-?\d{3}\.?\d{3}\.?\d{3})(?![A-Z0-9])/g;
const bicForm = /(?<![A-Z0-9])([A-Z]{4} ?[A-Z]{2} ?[A-Z0-9]{2}(?: ?[A-Z0-9]{3})?)(?![A-Z0-9])/g;
const countries = 'AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IT|LI|LT|LU|LV|MC|MT|NL|NO|PL|PT|RO|SE|SI|SK|US';

/** Text of a row with tabs as blanks: groups of an IBAN in boxes stand far apart. */
const plain = (row: Row): string => row.text.replaceAll('\t', ' ');

function found(row: Row, kind: IdentifierKind, value: string, at: number, length: number, checked: boolean, labelled: boolean): Identifier[] {
	const tokens = tokensBetween(row, at, at + length);
	return tokens.length > 0 ? [{ ...regionOf(tokens), row, kind, value, checked, labelled }] : [];
}

function ibansIn(row: Row): Identifier[] {
	const text = plain(row);
	return [...text.matchAll(/(?<![A-Za-z0-9])([A-Z]{2} ?[0-9OIlSB]{2}(?: ?[A-Z0-9OIlSBo]){10,30})(?![A-Za-z0-9])/g)].flatMap((match) => {
		const country = (match[1] ?? '').slice(0, 2);
		if (ibanLength(country) === null && !new RegExp(countries).test(country)) return [];
		const compact = (match[1] ?? '').replaceAll(' ', '');
		const wanted = ibanLength(country) ?? compact.length;
		if (compact.length < wanted)
			return compact.length >= 14 && /iban/i.test(text.slice(0, match.index)) ? found(row, 'iban', compact, match.index, match[0].length, false, true) : [];
		const cut = compact.slice(0, wanted);
		const whole = repairedIban(cut);
		return whole || /iban/i.test(text.slice(0, match.index))
			? found(row, 'iban', whole ?? cut, match.index, match[0].length, whole !== null, /iban/i.test(text.slice(0, match.index)))
			: [];
	});
}

function bicsIn(row: Row, label: boolean): Identifier[] {
	const text = plain(row);
	return [...text.matchAll(bicForm)].flatMap((match) => {
		const value = (match[1] ?? '').replaceAll(' ', '');
		const known = new RegExp(`^[A-Z]{4}(?:${countries})`).test(value);
		const labelled = /\b(?:bic|swift)\b/i.test(text.slice(0, match.index));
		// Eight capitals are a word as often as a BIC: under its label it stands alone or has a figure or XXX in it.
		const alone = text.trim() === match[0].trim() || row.text.split('\t').some((cell) => cell.trim() === match[0].trim());
		return known && (labelled || (label && (alone || /\d|XXX$/.test(value)))) ? found(row, 'bic', value, match.index, match[0].length, labelled, labelled) : [];
	});
}

function sirensIn(row: Row): Identifier[] {
	const text = plain(row);
	const taken: [number, number][] = [];
	const result: Identifier[] = [];
	for (const match of text.matchAll(/(?<![\dA-Za-z+])\d{3}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{5}|[ .]\d{3}[ .]\d{2}|[ .]\d{2}[ .]\d{3})(?!\d)/g)) {
		const value = match[0].replaceAll(/[ .]/g, '');
		const labelled = /siret|siren|r\.?c\.?s/i.test(text.slice(Math.max(0, match.index - 25), match.index));
		if (!labelled && !isValidSiret(value)) continue;
		taken.push([match.index, match.index + match[0].length]);
		result.push(...found(row, 'siret', value, match.index, match[0].length, isValidSiret(value), labelled));
	}
	for (const match of text.matchAll(/(?<![\dA-Za-z+])\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)/g)) {
		if (taken.some(([from, to]) => match.index < to && match.index + match[0].length > from)) continue;
		const value = match[0].replaceAll(/[ .]/g, '');
		const before = text.slice(Math.max(0, match.index - 40), match.index);
		const labelled = /siren|siret|r\.?\s?c\.?\s?s\.?|rcs/i.test(before) || /^ ?-? ?r\.?c\.?s/i.test(text.slice(match.index + match[0].length));
		if (!labelled || /fr ?\w{2} ?$/i.test(before)) continue;
		result.push(...found(row, 'siren', value, match.index, match[0].length, isValidSiren(value), true));
	}
	return result;
}

/** The identifiers of all pages. */
export const identifiersOf = (sheets: readonly Sheet[]): Identifier[] =>
	sheets.flatMap(({ rows }) =>
		rows.flatMap((row) => {
			const text = plain(row);
			const near = rows.slice(Math.max(0, row.index - 1), row.index + 1).some((one) => /\b(?:bic|swift|iban)\b/i.test(one.text));
			const vats = [...text.matchAll(vatForm)].flatMap((match) => {
				const value = (match[1] ?? '').replaceAll(/[ .-]/g, '');
				return found(
					row,
					'vat_number',
					value,
					match.index,
					match[0].length,
					toVatNumber(value) !== null,
					/tva|vat|ust|uid|intra/i.test(text.slice(0, match.index)),
				);
			});
			const mails = [...text.matchAll(/[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi)].flatMap((match) =>
				found(row, 'email', match[0].replaceAll(' ', '').toLowerCase(), match.index, match[0].length, true, true),
			);
			const sites = [
				...text.matchAll(
					/(?<![@\w.-])(?:https?:\/\/)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:fr|com|net|org|eu|io|de|be|ch|lu|biz|info|paris|bzh|alsace|shop|pro|co|app|dev)(?:\/\S*)?(?![\w@.])/gi,
				),
			].flatMap((match) => found(row, 'website', match[0].toLowerCase(), match.index, match[0].length, /www|http/i.test(match[0]), true));
			const ibans = ibansIn(row);
			return [...vats, ...ibans, ...bicsIn(row, near), ...sirensIn(row), ...mails, ...sites];
		}),
	);
