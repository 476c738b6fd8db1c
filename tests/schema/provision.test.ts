import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applySchema } from '../../scripts/schema/apply.ts';
import { mergeFiles, readSchemaFiles, schemaFolder } from '../../scripts/schema/files.ts';
import { pullInstance } from '../../scripts/schema/pull-instance.ts';
import { seedAll } from '../../scripts/seed/all.ts';
import { call } from '../../scripts/support/client.ts';
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

test('a pull after the apply changes no file', async () => {
	const files = readSchemaFiles().map((file) => ({ file, text: readFileSync(join(schemaFolder, `${file.collection}.yaml`), 'utf8') }));
	expect([...(await pullInstance(directus.admin, files))]).toEqual([]);
});

test('a collection that the files lack is never deleted without being told', async () => {
	await call(directus.admin, 'POST', '/collections', { collection: 'made_by_hand', schema: {}, meta: {} });
	const { snapshot } = mergeFiles(readSchemaFiles());
	await expect(applySchema(directus.admin, snapshot)).rejects.toThrow(/made_by_hand -/);
	expect((await applySchema(directus.admin, snapshot, { dryRun: true })).changes).toBeGreaterThan(0);
	await applySchema(directus.admin, snapshot, { allowDelete: true });
	expect((await applySchema(directus.admin, snapshot)).changes).toBe(0);
});

test('a column that changes on SQLite keeps the checks of its table', async () => {
	const triggers = async (): Promise<unknown> => directus.database('sqlite_master').where({ type: 'trigger' }).orderBy('name').select('name', 'sql');
	const before = await triggers();
	const { snapshot } = mergeFiles(readSchemaFiles());
	const changed = structuredClone(snapshot);
	Object.assign(changed.fields.find(({ collection, field }) => collection === 'leads' && field === 'city')?.schema ?? {}, { default_value: 'Lyon' });
	expect((await applySchema(directus.admin, changed, { database: directus.database })).changes).toBe(1);
	expect(await triggers()).toEqual(before);
	await applySchema(directus.admin, snapshot, { database: directus.database });
});
