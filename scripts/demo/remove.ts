/** npm run demo:remove: takes the demo company out of the database of the environment, and nothing that people added. */
import { rmSync } from 'node:fs';
import { writeProvision } from '../provision/stamp.ts';
import { connect } from '../support/database.ts';
import { loginsFile, readEnvironment, root } from '../support/environment.mjs';
import { hasDemo } from './index.ts';
import { removeDemo } from './removal.ts';

process.chdir(root);
const environment = readEnvironment();
const database = connect(environment);

const lines = (counts: Record<string, number>): string =>
	Object.entries(counts)
		.filter(([, count]) => count > 0)
		.map(([collection, count]) => `  ${collection} : ${count}`)
		.join('\n');

try {
	// A running server writes now and then.
	if (environment.DB_CLIENT === 'sqlite3') await database.raw('pragma busy_timeout = 15000');
	if (!(await database.schema.hasTable('companies')) || !(await hasDemo(database))) {
		console.log('L’entreprise de démonstration n’est pas dans cette base : il n’y a rien à retirer.');
	} else {
		console.log('L’entreprise de démonstration est retirée (plusieurs minutes si elle a été agrandie)…');
		const { removed, kept } = await removeDemo({ database });
		await writeProvision(database, { demo: 'off' });
		// A file keeps the size it once had, and every backup copies that. Somebody who reads just now is no reason to fail.
		if (environment.DB_CLIENT === 'sqlite3') await database.raw('vacuum').catch(() => undefined);
		rmSync(loginsFile(environment), { force: true });
		console.log(`Entreprise de démonstration retirée :\n${lines(removed)}`);
		if (Object.keys(kept).length > 0) console.log(`Conservées, car des fiches de votre équipe en dépendent :\n${lines(kept)}`);
	}
} catch (error) {
	console.error(`Rien n’a été retiré : ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
} finally {
	await database.destroy();
}
