import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../scripts/support/environment.mjs';

const sources = join(root, 'extensions', 'orchestre', 'src');
const code = /\bcode\s*[:=]\s*'([A-Z][A-Z_]{3,})'/g;
/** Checks of documents have codes, too; they are no answers to a request. */
const checks = [join('documents', 'checks'), join('documents', 'einvoice')];
/** Directus's own codes that the product answers with: the app has titles for them. */
const titled = ['FAILED_VALIDATION', 'UNPROCESSABLE_CONTENT'];

const { rows } = parse(readFileSync(join(root, 'seeds', '22-error-titles.yaml'), 'utf8')) as { rows: { key: string; language: string; value: string }[] };

it('every error code of the product has a title in French and in English, and the app shows no raw code', () => {
	const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
		(file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !checks.some((room) => file.startsWith(room)),
	);
	const codes = new Set(files.flatMap((file) => [...readFileSync(join(sources, file), 'utf8').matchAll(code)].map(([, name]) => name ?? '')));
	expect(codes.size).toBeGreaterThan(6);
	for (const name of codes) {
		if (titled.includes(name)) continue;
		expect([name, ...rows.filter(({ key }) => key === `errors.${name}`).map(({ language }) => language)]).toEqual([name, 'fr-FR', 'en-US']);
	}
});
