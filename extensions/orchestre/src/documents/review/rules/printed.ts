import { formatNumber, parseAmount, type Language } from '../../../platform/amount.ts';
import { choices, type InputKind } from './form.ts';

export type Value = string | number | null;
/** What was typed or clicked, as a value; `isWrong` when it is none of this kind. */
export type Typed = { value: Value; isWrong: boolean };

const right = (value: Value): Typed => ({ value, isWrong: false });
const wrong: Typed = { value: null, isWrong: true };

const months = 'janv|f[eé]v|mars|avr|mai|juin|juil|ao[uû]|sept?|oct|nov|d[eé]c'.split('|').map((start) => new RegExp(`^${start}`));
const english = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'.split('|').map((start) => new RegExp(`^${start}`));

const monthOf = (word: string): number => {
	const found = months.findIndex((start) => start.test(word));
	return (found === -1 ? english.findIndex((start) => start.test(word)) : found) + 1;
};

/** A day that the calendar has, as `2026-11-22`. */
function day(year: number, month: number, date: number): string | null {
	const full = year < 100 ? 2000 + year : year;
	const at = new Date(Date.UTC(full, month - 1, date));
	if (full < 1970 || full > 2099 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return null;
	return at.toISOString().slice(0, 10);
}

/** `22/11/2026`, `22.11.26`, `2026-11-22`, `22 novembre 2026`, `Nov 22, 2026`; null for anything else. */
export function readDay(text: string): string | null {
	const plain = text.trim().toLowerCase();
	const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain);
	if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
	const numbers = /^(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})$/.exec(plain);
	if (numbers) return day(Number(numbers[3]), Number(numbers[2]), Number(numbers[1]));
	const written = /^(\d{1,2})(?:er)?[\s.-]+([\p{L}]+)\.?[\s,-]+(\d{4}|\d{2})$/u.exec(plain);
	if (written) return day(Number(written[3]), monthOf(written[2] ?? ''), Number(written[1]));
	const american = /^(\p{L}+)\.?\s+(\d{1,2}),?\s+(\d{4})$/u.exec(plain);
	return american ? day(Number(american[3]), monthOf(american[1] ?? ''), Number(american[2])) : null;
}

/** Marks of currencies around a printed amount; what a field means is said by `currency`. */
const marks = /€|\$|£|\b(?:eur(?:os?)?|usd|gbp|chf)\b/giu;

/** A printed or typed amount in hundredths; null where it is none, undefined where there is nothing. */
function readMoney(text: string): number | null | undefined {
	const plain = text.replaceAll(marks, '').trim();
	if (plain === '') return undefined;
	const parsed = parseAmount(plain, 'eur', 'fr');
	return 'error' in parsed ? null : (parsed.value ?? undefined);
}

/** Reads what a person typed, or the words of the page that they clicked. Empty is “there is none”. */
export function toValue(kind: InputKind, text: string): Typed {
	const line = text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
	if (line === '') return right(null);
	switch (kind) {
		case 'money': {
			const cents = readMoney(line);
			return cents === null ? wrong : right(cents ?? null);
		}
		case 'date': {
			const date = readDay(line);
			return date ? right(date) : wrong;
		}
		case 'days': {
			const found = /^(\d{1,4})(?:\s*jours?)?$/iu.exec(line);
			return found ? right(Number(found[1])) : wrong;
		}
		case 'code': {
			const code = line.replaceAll(/[\s.\-_]/gu, '').toUpperCase();
			return /^[\dA-Z]{1,64}$/.test(code) ? right(code) : wrong;
		}
		case 'currency': {
			const sign = { '€': 'EUR', $: 'USD', '£': 'GBP' }[line] ?? line.toUpperCase();
			return /^[A-Z]{3}$/.test(sign) ? right(sign) : wrong;
		}
		case 'email':
			return /^\S+@\S+\.\S+$/.test(line) ? right(line.toLowerCase()) : wrong;
		case 'contract_kind':
		case 'renewal':
			return (choices[kind] as readonly string[]).includes(line) ? right(line) : wrong;
		case 'text':
			return right(text.normalize('NFC').trim().slice(0, 1000));
		default:
			return right(line.slice(0, 255));
	}
}

/** Codes in the groups in which people read them aloud: an IBAN by four, SIREN and SIRET by three. */
const grouped = (code: string): string =>
	/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(code)
		? code.replaceAll(/(.{4})(?=.)/g, '$1 ')
		: /^\d{9}(?:\d{5})?$/.test(code)
			? code.replace(/^(\d{3})(\d{3})(\d{3})(\d*)$/, '$1 $2 $3 $4').trim()
			: code;

/** `2026-11-22` as `22/11/2026`. */
const asDay = (date: string): string => (readDay(date) === date ? date.split('-').toReversed().join('/') : date);

/** A value as it stands in its input, and on a button. */
export function toText(kind: InputKind, value: Value, language: Language): string {
	if (value === null) return '';
	if (kind === 'money' && typeof value === 'number') return formatNumber(value, 'eur', language);
	if (kind === 'date') return asDay(String(value));
	return kind === 'code' ? grouped(String(value)) : String(value);
}
