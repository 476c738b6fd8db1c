import { afterAll, beforeAll, expect, test } from 'vitest';
import { applySchema } from '../../scripts/schema/apply.ts';
import { mergeFiles, readSchemaFiles } from '../../scripts/schema/files.ts';
import { seedAll } from '../../scripts/seed/all.ts';
import { startDirectus } from '../support/directus.ts';
import type { TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
beforeAll(async () => {
	directus = await startDirectus({ MAX_PAYLOAD_SIZE: '64mb' });
});
afterAll(() => directus.close());

test('a second apply of the schema finds nothing to do', async () => {
	expect((await applySchema(directus.admin, mergeFiles(readSchemaFiles()).snapshot)).lines).toEqual([]);
});

test('a second seed writes nothing', async () => {
	const results = await seedAll(directus.admin);
	expect(results.filter(({ created, updated, deleted }) => created + updated + deleted > 0)).toEqual([]);
});
