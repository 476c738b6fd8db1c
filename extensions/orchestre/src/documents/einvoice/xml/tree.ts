import { Parser } from 'saxen';

/** One element: its name without prefix, its own text, trimmed, and what it holds. */
export type Element = { name: string; namespace: string; attributes: Record<string, string>; text: string; children: Element[] };

export type Parsed = { root: Element | null; faults: string[] };

/** XML of a real invoice with its attachments in base64 stays far below; everything past it costs memory for nothing. */
export const longestXml = 15_000_000;
const mostElements = 300_000;
const deepest = 100;

class TooMuch extends Error {}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);
const prefixOf = (name: string): string => (name.includes(':') ? name.slice(0, name.indexOf(':')) : '');

/** What an encoding pseudo-attribute may look like; a parser that is lenient there reads files that no other program reads. */
const declaration = /^<\?xml\s+version\s*=\s*(["'])1\.\d\1(\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>/;

/**
 * Reads XML into elements, as far as it can be read: what is not well-formed is told in `faults`. Entities are those of XML itself;
 * a document type (where others are declared, and where bombs are) ends the reading. Throws nothing.
 */
export function parseXml(source: string): Parsed {
	const xml = source.replace(/^\uFEFF/, '').trimStart();
	if (xml.length > longestXml) return { root: null, faults: ['too long'] };
	if (/<!(DOCTYPE|ENTITY)/i.test(xml.slice(0, 100_000))) return { root: null, faults: ['document type'] };
	const faults: string[] = [];
	if (xml.startsWith('<?xml') && !declaration.test(xml)) faults.push('declaration');

	const top: Element = { name: '', namespace: '', attributes: {}, text: '', children: [] };
	const open: Element[] = [top];
	const scopes: Record<string, string>[] = [{}];
	let count = 0;
	const add = (words: string): void => {
		const element = open.at(-1);
		if (element && element !== top) element.text += words;
	};

	const parser = new Parser();
	parser.on('openTag', (name: string, read: () => Record<string, string>, decode: (value: string) => string) => {
		count += 1;
		if (count > mostElements || open.length > deepest) throw new TooMuch('too many elements');
		const attributes: Record<string, string> = {};
		let scope = scopes.at(-1) ?? {};
		for (const [key, value] of Object.entries(read())) {
			if (key === 'xmlns' || key.startsWith('xmlns:')) scope = { ...scope, [key === 'xmlns' ? '' : key.slice(6)]: decode(value) };
			else attributes[bare(key)] = decode(value).trim();
		}
		const element: Element = { name: bare(name), namespace: scope[prefixOf(name)] ?? '', attributes, text: '', children: [] };
		open.at(-1)?.children.push(element);
		open.push(element);
		scopes.push(scope);
	});
	parser.on('closeTag', () => {
		const element = open.pop();
		if (element) element.text = element.text.trim();
		scopes.pop();
	});
	parser.on('text', (value: string, decode: (value: string) => string) => add(decode(value)));
	parser.on('cdata', (value: string) => add(value));
	parser.on('attention', (value: string) => {
		if (/^<!(DOCTYPE|ENTITY)/i.test(value)) throw new TooMuch('document type');
	});
	const note = (fault: Error): void => {
		faults.push(fault.message);
	};
	parser.on('error', note);
	parser.on('warn', note);
	try {
		parser.parse(xml);
	} catch (error) {
		if (!(error instanceof TooMuch)) faults.push('unreadable');
		else return { root: null, faults: [error.message] };
	}
	for (const element of open) element.text = element.text.trim();
	return { root: top.children[0] ?? null, faults };
}

/** The first child of one of these names. */
export const child = (parent: Element | null | undefined, ...names: string[]): Element | null =>
	parent?.children.find((element) => names.includes(element.name)) ?? null;

export const childrenOf = (parent: Element | null | undefined, ...names: string[]): Element[] =>
	parent?.children.filter((element) => names.includes(element.name)) ?? [];

/** The element at the end of a path; `A|B` takes either name. */
export const at = (parent: Element | null | undefined, ...path: string[]): Element | null =>
	path.reduce<Element | null>((element, names) => child(element, ...names.split('|')), parent ?? null);

/** The words of the element at the end of a path; null when it is missing or empty. */
export const textAt = (parent: Element | null | undefined, ...path: string[]): string | null => at(parent, ...path)?.text || null;
