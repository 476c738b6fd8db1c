import type { XsdValidator } from 'libxml2-wasm';
import type { Invoice } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import type { Fault } from './faults.ts';
import { basicWl } from './factur-x/basic-wl.ts';
import { basic } from './factur-x/basic.ts';
import { en16931 } from './factur-x/en16931.ts';
import { extended } from './factur-x/extended.ts';
import { minimum } from './factur-x/minimum.ts';
import { isExtra, withoutNamespaces } from './faults.ts';

/**
 * What the schema found. `broken`: the file is not what its profile says. `beyond`: it says more than its profile may, or its profile is
 * one whose newer versions may say more than ours.
 */
export type SchemaResult = { state: 'uncovered' | 'kept' } | { state: 'beyond' | 'broken'; faults: Fault[] };

/** Checks XML against the schema of its kind; `root` is the same XML, parsed. */
export type SchemaCheck = (xml: string, root: Element, invoice: Pick<Invoice, 'syntax' | 'profile'>) => SchemaResult;

const byProfile: Record<string, Record<string, string>> = { MINIMUM: minimum, 'BASIC WL': basicWl, BASIC: basic, 'EN 16931': en16931 };
const widest = 'EXTENDED';

const mostFaults = 5;

let check: Promise<SchemaCheck> | null = null;

/**
 * Factur-X and ZUGFeRD 2 are held to their own profile, other users of CII (XRechnung, the French extended profile) and the extended
 * profile itself, which grew since 1.07.3, to the widest one, where a fault only warns. ZUGFeRD 1 and UBL have no schema under a licence
 * that could be shipped (decision 121).
 *
 * Loads libxml2 (WebAssembly) the first time and compiles each schema when it is first needed; both stay for as long as the process
 * lives. Rejects when the package is not installed.
 */
export function loadSchemas(): Promise<SchemaCheck> {
	check ??= import('libxml2-wasm').then(({ XmlBufferInputProvider, XmlDocument, XmlLibError, XsdValidator: Xsd, xmlRegisterInputProvider }) => {
		const files = new XmlBufferInputProvider({});
		xmlRegisterInputProvider(files);
		const compiled = new Map<string, XsdValidator>();

		function compile(name: string, parts: Record<string, string>): XsdValidator {
			const known = compiled.get(name);
			if (known) return known;
			const folder = `${name.replaceAll(' ', '-')}/`;
			for (const [file, text] of Object.entries(parts)) files.addBuffer(folder + file, Buffer.from(text));
			const document = XmlDocument.fromString(parts['invoice.xsd'] ?? '', { url: `${folder}invoice.xsd` });
			try {
				const validator = Xsd.fromDoc(document);
				compiled.set(name, validator);
				return validator;
			} finally {
				document.dispose();
			}
		}

		function faultsOf(xml: string, name: string): Fault[] {
			const validator = compile(name, byProfile[name] ?? extended);
			try {
				const document = XmlDocument.fromString(xml);
				try {
					validator.validate(document);
				} finally {
					document.dispose();
				}
				return [];
			} catch (error) {
				if (!(error instanceof XmlLibError)) throw error;
				const details = error.details.length > 0 ? error.details : [{ line: 0, message: error.message }];
				return details.slice(0, mostFaults).map(({ line, message }) => ({ line, text: withoutNamespaces(message) }));
			}
		}

		return (source, root, { syntax, profile }) => {
			if (syntax !== 'cii') return { state: 'uncovered' };
			const isOwn = Object.hasOwn(byProfile, profile.name);
			// Without its declaration: the text was decoded before, and goes over as UTF-8 whatever it once was.
			const faults = faultsOf(source.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, ''), isOwn ? profile.name : widest);
			if (faults.length === 0) return { state: 'kept' };
			return { state: !isOwn || faults.every((fault) => isExtra(fault, root)) ? 'beyond' : 'broken', faults };
		};
	});
	return check;
}
