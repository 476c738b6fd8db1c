import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * What reading needs beside the bundle (decision 120): packages of extensions/orchestre/package.json, and sharp, which is Directus's
 * own. Nobody imports them but lazily (`await import(…)`), so that a server that reads no document does not load them.
 */
export const packages = [
	'@hyzyla/pdfium',
	'@tesseract.js-data/eng',
	'@tesseract.js-data/fra',
	'fast-xml-parser',
	'libxml2-wasm',
	'sharp',
	'tesseract.js-core',
] as const;

/** The languages that are read, as tesseract names them. */
export const languages = ['fra', 'eng'] as const;
export type Language = (typeof languages)[number];

/** Where a language's trained data lies; throws when its package is missing. Data of the package's other kinds is not used. */
export const trainedData = (language: Language): string =>
	join(dirname(require.resolve(`@tesseract.js-data/${language}`)), '4.0.0_best_int', `${language}.traineddata.gz`);

function isThere(name: string): boolean {
	try {
		const path = require.resolve(name);
		const language = languages.find((one) => name === `@tesseract.js-data/${one}`);
		return existsSync(language ? trainedData(language) : path);
	} catch {
		return false;
	}
}

/** A French sentence that names what is missing and how to put it right; null when everything is there. */
export function missingPackages(find: (name: string) => boolean = isThere): string | null {
	const missing = packages.filter((name) => !find(name));
	if (missing.length === 0) return null;
	return (
		`Les documents ne peuvent pas être lus : il manque ${missing.join(', ')}. ` +
		'Lancez « npm run build », qui installe les paquets de extensions/orchestre, puis redémarrez (et reconstruisez l’image).'
	);
}
