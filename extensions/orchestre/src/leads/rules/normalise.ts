import { isEmail } from './email.ts';
import { fieldLabels } from './labels.ts';
import { toMoment } from './moments.ts';
import { toE164 } from './phone.ts';
import { toSiren } from './siren.ts';
import { sizeBand } from './size-band.ts';
import { collapse, longerThan, shorten } from './text.ts';

export { emailDomain, emailKind } from './email.ts';
export { companyKey, displayName } from './names.ts';
export { phoneKind } from './phone.ts';
export { isValidSiren } from './siren.ts';

/** Why a value cannot be stored, in French, for the person who typed it. */
export type Fault = { field: string; message: string };
export type Normalised = { values: Record<string, unknown>; faults: Fault[] };

/** What one field may hold. */
type Shape =
	| { kind: 'line' | 'text'; max: number }
	| { kind: 'choice'; values?: readonly string[]; required?: boolean }
	| { kind: 'email' | 'phone' | 'siren' | 'link' | 'country' | 'integer' | 'moment' | 'reference' };

type Field = keyof typeof fieldLabels;
const line: Shape = { kind: 'line', max: 255 };
const text: Shape = { kind: 'text', max: 100_000 };
const consent: Shape = { kind: 'choice', values: ['unknown', 'given', 'refused'] };

/**
 * Choices are open (an administrator may add a source or an industry), except where the rules act on each value:
 * status, consent and size.
 */
const shapes: Record<Field, Shape> = {
	id: { kind: 'reference' },
	status: { kind: 'choice', values: ['new', 'contacted', 'qualified', 'nurturing', 'converted', 'lost'], required: true },
	lost_reason: { kind: 'choice' },
	owner: { kind: 'reference' },
	team: { kind: 'reference' },
	first_name: line,
	last_name: line,
	email: { kind: 'email' },
	phone: { kind: 'phone' },
	job_title: line,
	decision_role: { kind: 'choice' },
	language: { kind: 'choice' },
	linkedin: { kind: 'link' },
	person: { kind: 'reference' },
	company_name: line,
	siren: { kind: 'siren' },
	company: { kind: 'reference' },
	website: { kind: 'link' },
	industry: { kind: 'choice' },
	size_band: { kind: 'choice', values: ['1-9', '10-49', '50-249', '250-999', '1000+'] },
	employees: { kind: 'integer' },
	revenue_keur: { kind: 'integer' },
	region: { kind: 'choice' },
	city: line,
	country: { kind: 'country' },
	need: text,
	product: { kind: 'reference' },
	budget_cents: { kind: 'integer' },
	timing: { kind: 'choice' },
	current_solution: line,
	source: { kind: 'choice' },
	campaign: { kind: 'reference' },
	reseller: { kind: 'reference' },
	external_id: line,
	email_consent: consent,
	phone_consent: consent,
	consent_at: { kind: 'moment' },
	consent_proof: text,
	pages_viewed: { kind: 'integer' },
	emails_opened: { kind: 'integer' },
	emails_clicked: { kind: 'integer' },
	content_downloads: { kind: 'integer' },
	pricing_viewed_at: { kind: 'moment' },
	demo_requested_at: { kind: 'moment' },
	trial_started_at: { kind: 'moment' },
	webinar_attended_at: { kind: 'moment' },
	last_activity_at: { kind: 'moment' },
};

/** Thrown within this file only; becomes a Fault. */
class Refused extends Error {}
const refuse = (message: string): never => {
	throw new Refused(message);
};

/**
 * Cleans the fields present in a create or update payload, without knowing the rest of the row.
 *
 * `values` holds every known field that was sent and can be stored, cleaned: texts trimmed and NFC, '' as null, e-mail
 * in lower case, phone as E.164, SIREN as nine digits, links with https and without a last slash, moments as ISO UTC,
 * and `size_band` when only `employees` was sent. Fields it does not know are left to Directus. HTML, formulas, emoji
 * and right-to-left text are somebody's words and stay as they are.
 *
 * @param country The row's stored country, for phones sent without one.
 */
export function normaliseLeadInput(payload: Record<string, unknown>, country: string | null = null): Normalised {
	const values: Record<string, unknown> = {};
	const faults: Fault[] = [];
	const home = typeof payload['country'] === 'string' && payload['country'].trim() ? payload['country'].trim() : country;
	for (const [field, value] of Object.entries(payload)) {
		if (!Object.hasOwn(shapes, field) || value === undefined) continue;
		try {
			values[field] = clean(field as Field, value, home);
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			faults.push({ field, message: error.message });
		}
	}
	if (typeof values['employees'] === 'number' && values['size_band'] === undefined && !('size_band' in payload))
		values['size_band'] = sizeBand(values['employees']);
	return { values, faults };
}

function clean(field: Field, value: unknown, home: string | null): unknown {
	const shape = shapes[field];
	const label = fieldLabels[field];
	if (shape.kind === 'choice' && shape.required && (value === null || value === '')) return refuse(`« ${label} » est obligatoire.`);
	if (value === null) return null;
	if (shape.kind === 'integer') return integer(value, label);
	if (shape.kind === 'moment') return moment(value, label);
	if (shape.kind === 'reference') return reference(value, label);
	const words = string(value, label, shape.kind === 'text');
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
			return phone(words, home);
		case 'siren':
			return toSiren(words) ?? refuse(`Le SIREN « ${quoted(words)} » n’est pas valide : il compte 9 chiffres, dont une clé de contrôle.`);
		case 'link':
			return link(words, label);
		case 'country':
			return /^[a-z]{2}$/i.test(words) ? words.toUpperCase() : refuse('Le pays est un code de deux lettres, par exemple FR.');
	}
}

const quoted = (words: string): string => shorten(collapse(words), 60);
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;

/** Trimmed NFC text, null when nothing is left. Numbers are accepted as text (spreadsheets send them so). */
function string(value: unknown, label: string, long: boolean): string | null {
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

function moment(value: unknown, label: string): string | null {
	if (typeof value === 'string' && value.trim() === '') return null;
	return toMoment(value) ?? refuse(`« ${label} » n’est pas une date valide.`);
}

/** A key, or the nested row that Directus will create (objects pass untouched). */
function reference(value: unknown, label: string): unknown {
	if (typeof value === 'object') return Array.isArray(value) ? refuse(`« ${label} » désigne un seul élément.`) : value;
	if (value === '') return null;
	const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
	return typeof value === 'string' && uuid.test(value) ? value.toLowerCase() : refuse(`« ${label} » n’est pas un identifiant valide.`);
}

function email(words: string, label: string): string {
	const address = words.replace(/^mailto:/i, '').toLowerCase();
	limited(address, 255, label);
	return isEmail(address) ? address : refuse(`L’adresse e-mail « ${quoted(words)} » n’est pas valide.`);
}

function phone(words: string, home: string | null): string {
	const parsed = toE164(words, home);
	if (!parsed) return refuse(`Le numéro de téléphone « ${quoted(words)} » n’est pas valide.`);
	return parsed.extension ? refuse(`Le numéro de téléphone « ${quoted(words)} » comporte un poste : indiquez-le dans le besoin exprimé.`) : parsed.number;
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
