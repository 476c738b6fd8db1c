/** npm run schema:apply [-- --dry-run] [-- --allow-delete]: brings an instance to schema-snapshots/. */
import { applySchema } from './schema/apply.ts';
import { mergeFiles, readSchemaFiles } from './schema/files.ts';
import { lintSchema } from './schema/lint.ts';
import { command, readSwitches } from './support/command.ts';

const switches = readSwitches('allow-delete', 'dry-run');

await command(async ({ admin, database }) => {
	const files = readSchemaFiles();
	const faults = lintSchema(files);
	if (faults.length > 0) throw new Error(faults.join('\n'));
	const { changes, lines } = await applySchema(admin, mergeFiles(files).snapshot, {
		allowDelete: switches['allow-delete'],
		dryRun: switches['dry-run'],
		database,
	});
	if (changes <= 100 || switches['dry-run']) console.log(lines.join('\n'));
	console.log(`${changes} change(s)${switches['dry-run'] ? ' to make' : ' applied'}`);
});
