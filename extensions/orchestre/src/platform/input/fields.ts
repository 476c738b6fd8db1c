import { collapse, longerThan, shorten } from '../text.ts';
import { isEmail } from './email.ts';
import { toE164 } from './phone.ts';
import { toSiren } from './siren.ts';

/** Why a value cannot be stored, in French, for the person who typed it. */
export type Fault = { field: string; message: string };

/** `values`: the known fields that were sent and can be stored, cleaned. */
export type Cleaned = { values: Record<string, unknown>; faults: Fault[] };

/** What one field may hold. `max` counts characters as a database does. */
export type Shape =
	| { kind: 'line' | 'text'; max: number; required?: boolean }
	| { kind: 'choice'; values?: readonly string[]; required?: boolean }
	| { kind: 'phone'; extensionGoesTo: string }
	| { kind: 'email' | 'siren' | 'link' | 'country' | 'integer' | 'reference' }
	/** Any other rule: the stored value, or `refuse(…)`. Never gets null. */
	| { kind: 'custom'; clean: (value: unknown, label: string) => unknown };

/** A field with the French name that people know it by. */
export type FieldShape = Shape & { label: string };

class Refused extends Error {}

/** Ends the cleaning of one field with its fault. For the `custom` shapes of the rooms. */
export const refuse = (message: string): never => {
	throw new Refused(message);
};

/**
 * Cleans the fields present in a create or update payload, without knowing the rest of the row: texts trimmed and NFC, '' as
 * null, e-mail in lower case, phone as E.164, SIREN as nine digits, links with https and without a last slash. Fields it does
 * not know are left to Directus. HTML, formulas, emoji and right-to-left text are somebody's words and stay as they are.
 *
 * @param country The row's stored country, in which phones without a calling code are read when the payload says no other.
 */
export function cleanFields(payload: Record<string, unknown>, fields: Readonly<Record<string, FieldShape>>, country: string | null = null): Cleaned {
	const values: Record<string, unknown> = {};
	const faults: Fault[] = [];
	const home = typeof payload['country'] === 'string' && payload['country'].trim() ? payload['country'].trim() : country;
	for (const [field, value] of Object.entries(payload)) {
		const shape = Object.hasOwn(fields, field) ? fields[field] : undefined;
		if (!shape || value === undefined) continue;
		try {
			values[field] = clean(shape, value, home);
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			faults.push({ field, message: error.message });
		}
	}
	return { values, faults };
}

function clean(shape: FieldShape, value: unknown, home: string | null): unknown {
	const cleaned = value === null ? null : cleanPresent(shape, value, home);
	return cleaned === null && 'required' in shape && shape.required ? refuse(`« ${shape.label} » est obligatoire.`) : cleaned;
}

function cleanPresent(shape: FieldShape, value: unknown, home: string | null): unknown {
	const { label } = shape;
	if (shape.kind === 'custom') return shape.clean(value, label);
	if (shape.kind === 'integer') return integer(value, label);
	if (shape.kind === 'reference') return reference(value, label);
	const words = cleanText(value, label, shape.kind === 'text');
	if (words === null) return null;
	switch (shape.kind) {
		case 'line':
			return limited(collapse(words), shape.max, label);
		case 'text':
			return limited(words, shape.max, label);
		case 'choice':
			return shape.values && !shape.values.includes(words) ? refuse(`« ${label} » ne peut pas être « ${quoted(words)} ».`) : limited(words, 64, label);
		case 'email':
			return email(words, label);
		case 'phone':
			return phone(words, home, shape.extensionGoesTo);
		case 'siren':
			return toSiren(words) ?? refuse(`Le SIREN « ${quoted(words)} » n’est pas valide : il compte 9 chiffres, dont une clé de contrôle.`);
		case 'link':
			return link(words, label);
		case 'country':
			return /^[a-z]{2}$/i.test(words) ? words.toUpperCase() : refuse('Le pays est un code de deux lettres, par exemple FR.');
	}
}

/** What somebody typed, short enough to stand in a message. */
export const quoted = (words: string): string => shorten(collapse(words), 60);

// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;

/** Trimmed NFC text, null when nothing is left. Numbers are accepted as text (spreadsheets send them so). */
export function cleanText(value: unknown, label: string, long = false): string | null {
	if (typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value))) return refuse(`« ${label} » doit être un texte.`);
	const words = String(value);
	if (words.length > 400_000) return refuse(long ? tooLong(label, 100_000) : tooLong(label, 255));
	if (forbidden.test(words)) return refuse(`« ${label} » contient un caractère de contrôle qui ne peut pas être enregistré.`);
	return words.normalize('NFC').trim() || null;
}

const tooLong = (label: string, max: number): string => `« ${label} » dépasse ${max === 100_000 ? '100 000' : max} caractères.`;
const limited = (words: string, max: number, label: string): string => (longerThan(words, max) ? refuse(tooLong(label, max)) : words);

function integer(value: unknown, label: string): number | null {
	const words = typeof value === 'string' ? value.replaceAll(/\s/gu, '') : value;
	if (words === '') return null;
	const number = typeof words === 'string' && /^[+-]?\d{1,15}$/.test(words) ? Number(words) : words;
	if (typeof number !== 'number' || !Number.isInteger(number)) return refuse(`« ${label} » doit être un nombre entier.`);
	if (number < 0) return refuse(`« ${label} » ne peut pas être négatif.`);
	return number > 2_147_483_647 ? refuse(`« ${label} » est trop grand.`) : number;
}

/** A key, or the nested row that Directus will create (objects pass untouched). */
function reference(value: unknown, label: string): unknown {
	if (typeof value === 'object') return Array.isArray(value) ? refuse(`« ${label} » désigne un seul élément.`) : value;
	if (value === '') return null;
	return isUuid(value) ? value.toLowerCase() : refuse(`« ${label} » n’est pas un identifiant valide.`);
}

export const isUuid = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);

function email(words: string, label: string): string {
	const address = words.replace(/^mailto:/i, '').toLowerCase();
	limited(address, 255, label);
	return isEmail(address) ? address : refuse(`L’adresse e-mail « ${quoted(words)} » n’est pas valide.`);
}

function phone(words: string, home: string | null, extensionGoesTo: string): string {
	const parsed = toE164(words, home);
	if (!parsed) return refuse(`Le numéro de téléphone « ${quoted(words)} » n’est pas valide.`);
	return parsed.extension ? refuse(`Le numéro de téléphone « ${quoted(words)} » comporte un poste : indiquez-le dans ${extensionGoesTo}.`) : parsed.number;
}

function link(words: string, label: string): string {
	limited(words, 2000, label);
	const wrong = (): never => refuse(`« ${label} » n’est pas une adresse web valide.`);
	const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(words)?.[1]?.toLowerCase();
	if ((scheme && scheme !== 'http' && scheme !== 'https') || /\s/u.test(words)) return wrong();
	const url = URL.parse(scheme ? words : `https://${words}`);
	if (!url || url.username || url.password || !/^[^.].*\.[a-z][a-z0-9-]+$/i.test(url.hostname)) return wrong();
	const bare = url.search || url.hash ? url.href : url.href.replace(/\/+$/, '');
	return limited(bare, 255, label);
}
