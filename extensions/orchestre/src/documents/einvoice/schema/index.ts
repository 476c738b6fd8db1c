import type { XmlDocument, XsdValidator } from 'libxml2-wasm';
import type { Invoice } from '../model/types.ts';
import type { Fault } from './faults.ts';
import { basicWl } from './factur-x/basic-wl.ts';
import { basic } from './factur-x/basic.ts';
import { en16931 } from './factur-x/en16931.ts';
import { extended } from './factur-x/extended.ts';
import { minimum } from './factur-x/minimum.ts';
import { unexpected, withoutNamespaces } from './faults.ts';

/**
 * What the schema found. `broken`: the file is not what its profile says. `beyond`: it says more than its profile may, or its profile is
 * one whose newer versions may say more than ours.
 */
export type SchemaResult = { state: 'uncovered' | 'kept' } | { state: 'beyond' | 'broken'; faults: Fault[] };

/** Checks XML against the schema of its kind. */
export type SchemaCheck = (xml: string, invoice: Pick<Invoice, 'syntax' | 'profile'>) => SchemaResult;

const byProfile: Record<string, Record<string, string>> = { MINIMUM: minimum, 'BASIC WL': basicWl, BASIC: basic, 'EN 16931': en16931 };
const widest = 'EXTENDED';

const mostFaults = 5;
const mostRounds = 5;

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
	check ??= import('libxml2-wasm').then(({ XmlBufferInputProvider, XmlDocument: Document, XmlLibError, XsdValidator: Xsd, xmlRegisterInputProvider }) => {
		const files = new XmlBufferInputProvider({});
		xmlRegisterInputProvider(files);
		const compiled = new Map<string, XsdValidator>();

		function compile(name: string, parts: Record<string, string>): XsdValidator {
			const known = compiled.get(name);
			if (known) return known;
			const folder = `${name.replaceAll(' ', '-')}/`;
			for (const [file, text] of Object.entries(parts)) files.addBuffer(folder + file, Buffer.from(text));
			const document = Document.fromString(parts['invoice.xsd'] ?? '', { url: `${folder}invoice.xsd` });
			try {
				const validator = Xsd.fromDoc(document);
				compiled.set(name, validator);
				return validator;
			} finally {
				document.dispose();
			}
		}

		/** What libxml2 says went wrong; anything else is no fault of the file's. */
		function toldBy(error: unknown): Fault[] {
			if (!(error instanceof XmlLibError)) throw error;
			return error.details.map(({ line, message }) => ({ line, text: withoutNamespaces(message) }));
		}

		function faultsOf(document: XmlDocument, validator: XsdValidator): Fault[] {
			try {
				validator.validate(document);
				return [];
			} catch (error) {
				return toldBy(error);
			}
		}

		/** Stricter than our own parser (control characters, names …), so that it may find what that one let pass. */
		function parse(xml: string): XmlDocument | Fault[] {
			try {
				return Document.fromString(xml);
			} catch (error) {
				return toldBy(error);
			}
		}

		/** Takes the elements out that were not expected, and tries again: what then holds only said more than its profile. */
		function holdsWithout(document: XmlDocument, validator: XsdValidator, first: Fault[]): boolean {
			let faults = first;
			for (let round = 0; round < mostRounds && faults.length > 0; round++) {
				const extra = faults.map((fault) => ({ name: unexpected(fault), line: fault.line }));
				if (extra.some(({ name }) => name === null)) return false;
				for (const { name, line } of extra) {
					for (const node of document.find(`//*[local-name()="${name}"]`)) if (node.line === line) node.remove();
				}
				faults = faultsOf(document, validator);
			}
			return faults.length === 0;
		}

		return (source, { syntax, profile }) => {
			if (syntax !== 'cii') return { state: 'uncovered' };
			const own = Object.hasOwn(byProfile, profile.name) ? byProfile[profile.name] : undefined;
			const validator = compile(own ? profile.name : widest, own ?? extended);
			// Without its declaration: the text was decoded before, and goes over as UTF-8 whatever it once was.
			const document = parse(source.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, ''));
			if (Array.isArray(document)) return { state: 'broken', faults: document.slice(0, mostFaults) };
			try {
				const faults = faultsOf(document, validator);
				if (faults.length === 0) return { state: 'kept' };
				return { state: !own || holdsWithout(document, validator, faults) ? 'beyond' : 'broken', faults: faults.slice(0, mostFaults) };
			} finally {
				document.dispose();
			}
		};
	});
	return check;
}
