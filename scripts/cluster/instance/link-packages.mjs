/**
 * Run once while the image is built: makes the packages that scripts/ and the bundle import resolvable from /directus. The official image
 * is a pnpm tree, where only Directus's direct dependencies are; the others are linked from where @directus/api finds them,
 * and those that Directus does not have come from packages/. Fails when one is nowhere, so that the image does not.
 */
import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const modules = resolve('node_modules');
const api = realpathSync(join(modules, '@directus/api/package.json'));
const places = [...(createRequire(api).resolve.paths('x') ?? []), resolve('packages')];

for (const name of ['@directus/api', '@directus/env', '@directus/sdk', 'date-fns', 'jsonwebtoken', 'knex', 'libphonenumber-js', 'sharp', 'yaml', 'zod']) {
	if (existsSync(join(modules, name))) continue;
	const place = places.find((folder) => existsSync(join(folder, name)));
	if (!place) throw new Error(`${name}: not in this image, and scripts/ or the bundle needs it`);
	mkdirSync(dirname(join(modules, name)), { recursive: true });
	symlinkSync(realpathSync(join(place, name)), join(modules, name));
	console.log(`${name} -> ${place}`);
}
