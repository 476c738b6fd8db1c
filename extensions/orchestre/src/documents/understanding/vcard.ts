import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Field, FieldName } from '../types.ts';

type Property = { name: string; types: string[]; value: string; raw: string };
export type Contact = Partial<Record<Extract<FieldName, `contact_${string}`>, string>>;

const bytesOf = (quoted: string): Uint8Array => {
	const bytes: number[] = [];
	for (const match of quoted.matchAll(/=([0-9A-Fa-f]{2})|([^=])|=/gsu)) {
		if (match[1]) bytes.push(Number.parseInt(match[1], 16));
		else if (match[2]) bytes.push(...new TextEncoder().encode(match[2]));
	}
	return Uint8Array.from(bytes);
};

/** Quoted-printable text (RFC 2045) of a charset; UTF-8 when the charset is unknown, Windows-1252 when the bytes are no UTF-8. */
function unquoted(text: string, charset: string | undefined): string {
	const bytes = bytesOf(text);
	try {
		return new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** Joins folded lines: by a blank at the start of the next (RFC 6350), by `=` at the end of a quoted-printable one (vCard 2.1). */
function unfolded(source: string): string[] {
	const lines: string[] = [];
	for (const line of source.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
		const last = lines.at(-1);
		const quoted = last !== undefined && /^[^:]*quoted-printable/i.test(last);
		if (last !== undefined && quoted && last.endsWith('=')) lines[lines.length - 1] = last.slice(0, -1) + line.replace(/^[ \t](?==)/, '');
		else if (last !== undefined && /^[ \t]/.test(line)) lines[lines.length - 1] = last + line.slice(1);
		else if (line !== '') lines.push(line);
	}
	return lines;
}

/** Where the value begins: the first colon outside of quotes. */
function colonOf(line: string): number {
	let quoted = false;
	for (let at = 0; at < line.length; at++) {
		if (line[at] === '"') quoted = !quoted;
		else if (line[at] === ':' && !quoted) return at;
	}
	return -1;
}

function propertyOf(line: string): Property | null {
	const colon = colonOf(line);
	if (colon < 1) return null;
	const [head = '', ...parameters] = line.slice(0, colon).split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
	const raw = line.slice(colon + 1);
	const types: string[] = [];
	let charset: string | undefined;
	let quoted = false;
	for (const parameter of parameters) {
		const [key = '', given] = parameter.split(/=(.*)/s);
		const words = (given ?? key).replaceAll('"', '').toLowerCase().split(',');
		if (/^charset$/i.test(key)) charset = given;
		else if (words.includes('quoted-printable')) quoted = true;
		else if (given === undefined || /^type$/i.test(key)) types.push(...words);
		else if (/^pref$/i.test(key)) types.push('pref');
	}
	return { name: head.replace(/^[\w-]+\./, '').toUpperCase(), types, value: quoted ? unquoted(raw, charset) : raw, raw };
}

const unescaped = (text: string): string =>
	text
		.replaceAll(/\\([nN,;:\\])/g, (_, mark: string) => (mark.toLowerCase() === 'n' ? '\n' : mark))
		.replaceAll(/\s*[\r\n]+\s*/g, ', ')
		.trim();
const partsOf = (value: string): string[] => value.split(/(?<!\\);/).map(unescaped);

function phoneOf(value: string): string | null {
	const text = value
		.replace(/^tel:/i, '')
		.replace(/;ext=.*$/i, '')
		.trim();
	if (!/\d/.test(text)) return null;
	const number = parsePhoneNumberFromString(text.replace(/^00/, '+'), 'FR');
	return number?.isPossible() ? number.number : unescaped(text);
}

const firstOf = (properties: readonly Property[], name: string, ...wanted: string[]): Property | undefined => {
	const all = properties.filter((property) => property.name === name && property.value.trim() !== '');
	return all.find(({ types }) => wanted.some((type) => types.includes(type))) ?? all.find(({ types }) => types.includes('pref')) ?? all[0];
};

function contactOf(properties: readonly Property[]): Contact {
	const contact: Contact = {};
	const set = (name: keyof Contact, value: string | null | undefined): void => {
		if (value) contact[name] = value;
	};
	const [last, first, middle] = partsOf(firstOf(properties, 'N')?.value ?? '');
	const whole = unescaped(firstOf(properties, 'FN')?.value ?? '');
	const company = partsOf(firstOf(properties, 'ORG', 'work')?.value ?? '')[0];
	set('contact_first_name', first || middle);
	set('contact_last_name', last);
	if (!last && !first && whole && whole !== company) {
		const words = whole.split(/\s+/);
		set('contact_first_name', words.length > 1 ? words[0] : undefined);
		set('contact_last_name', words.slice(words.length > 1 ? 1 : 0).join(' '));
	}
	set('contact_company', company);
	set('contact_job', unescaped(firstOf(properties, 'TITLE', 'work')?.value ?? firstOf(properties, 'ROLE')?.value ?? ''));
	const mail = unescaped(firstOf(properties, 'EMAIL', 'work')?.value ?? '').replace(/^mailto:/i, '');
	if (/^\S+@\S+$/.test(mail)) set('contact_email', mail.toLowerCase());
	const phones = properties.filter(({ name, types }) => name === 'TEL' && !types.includes('fax') && !types.includes('pager'));
	const mobile = phones.find(({ types, value }) => (types.includes('cell') || types.includes('mobile')) && phoneOf(value) !== null);
	const fixed = phones.filter((one) => one !== mobile && phoneOf(one.value) !== null && !one.types.includes('cell'));
	set('contact_mobile', mobile && phoneOf(mobile.value));
	const line = fixed.find(({ types }) => types.includes('work')) ?? fixed.find(({ types }) => types.includes('pref')) ?? fixed[0];
	set('contact_phone', line && phoneOf(line.value));
	const address = firstOf(properties, 'ADR', 'work');
	if (address) {
		const [box, extra, street, town, region, code, country] = partsOf(address.value);
		set('contact_address', [extra, box, street, [code, town].filter(Boolean).join(' '), region, country].filter(Boolean).join(', '));
	}
	set('contact_website', unescaped(firstOf(properties, 'URL', 'work')?.value ?? ''));
	return contact;
}

/** The contacts of a vCard file, 2.1 to 4.0, in its order; those without a name, company, e-mail and phone are left out. */
export function contactsOf(source: string): Contact[] {
	const contacts: Contact[] = [];
	let current: Property[] | null = null;
	for (const line of unfolded(source)) {
		if (/^begin:vcard\s*$/i.test(line)) current = [];
		else if (/^end:vcard\s*$/i.test(line)) {
			const contact = current && contactOf(current);
			if (contact && Object.keys(contact).length > 0) contacts.push(contact);
			current = null;
		} else {
			const property = current && propertyOf(line);
			if (property) current?.push(property);
		}
	}
	return contacts;
}

/** Contacts that are kept of one file; one more tells that there are more. */
export const mostContacts = 200;

const fieldOf = ([name, value]: [FieldName, string]): Field => ({
	name,
	value,
	page: null,
	box: null,
	confidence: name === 'contact_phone' || name === 'contact_mobile' ? (value.startsWith('+') ? 0.99 : 0.6) : 0.99,
	source: 'text',
	evidence: { vcard: 1 },
	alternatives: [],
});

/** The contacts of a vCard file as fields. What a program wrote needs no guess: it is as sure as its form can be checked. */
export const cardsOfVcard = (source: string): Field[][] =>
	contactsOf(source)
		.slice(0, mostContacts + 1)
		.map((contact) => (Object.entries(contact) as [FieldName, string][]).map(fieldOf));
