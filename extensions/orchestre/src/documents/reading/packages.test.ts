import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../../../../../scripts/support/environment.mjs';
import { languages, missingPackages, packages, trainedData } from './packages.ts';

test('everything that reading needs is installed beside the bundle, with the trained data of both languages', () => {
	expect(missingPackages()).toBeNull();
	for (const language of languages) expect(readFileSync(trainedData(language)).length).toBeGreaterThan(500_000);
});

test('what is missing is named, with what to do', () => {
	expect(missingPackages((name) => name !== 'tesseract.js-core')).toMatch(/il manque tesseract\.js-core\. Lancez « npm run build »/);
});

test('the packages are in the manifest, but for sharp, which has the version of Directus’s own', () => {
	const manifest = JSON.parse(readFileSync(`${root}/extensions/orchestre/package.json`, 'utf8')) as { dependencies: Record<string, string> };
	expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(packages.filter((name) => name !== 'sharp')));
	const lock = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')) as { packages: Record<string, { version: string }> };
	expect(lock.packages['node_modules/sharp']?.version).toBe('0.34.5');
});
