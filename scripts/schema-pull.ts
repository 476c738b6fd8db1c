/** npm run schema:pull: writes what was changed in an instance on PostgreSQL back to schema-snapshots/. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pullInstance } from './schema/pull-instance.ts';
import { readSchemaFiles, schemaFolder } from './schema/files.ts';
import { command, readSwitches } from './support/command.ts';

readSwitches();

await command(async ({ admin }) => {
	const files = readSchemaFiles().map((file) => ({ file, text: readFileSync(join(schemaFolder, `${file.collection}.yaml`), 'utf8') }));
	const changes = await pullInstance(admin, files);
	for (const [collection, text] of changes) {
		const path = join(schemaFolder, `${collection}.yaml`);
		if (text === null) rmSync(path);
		else writeFileSync(path, text);
		console.log(`${text === null ? '-' : '~'} schema-snapshots/${collection}.yaml`);
	}
	console.log(`${changes.size} file(s) changed`);
});
