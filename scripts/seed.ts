/** npm run seed: brings what the product ships as data (seeds/ and the texts of schema-snapshots/) into an instance. */
import { seedAll } from './seed/all.ts';
import { command, readSwitches } from './support/command.ts';

readSwitches();

await command(async ({ admin }) => {
	const results = await seedAll(admin);
	for (const { name, collection, created, updated, unchanged, deleted } of results) {
		console.log(`${name} → ${collection}: ${created} created, ${updated} updated, ${unchanged} unchanged${deleted ? `, ${deleted} deleted` : ''}`);
	}
	const total = (count: 'created' | 'updated' | 'deleted'): number => results.reduce((sum, result) => sum + result[count], 0);
	console.log(`${total('created') + total('updated') + total('deleted')} change(s)`);
});
