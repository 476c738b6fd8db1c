/** npm run demo:scale -- --times 100: makes the demo company of the environment's database a hundred times as large. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { connect } from '../support/database.ts';
import { readEnvironment, root } from '../support/environment.mjs';
import { scaleDemo } from './scale.ts';

process.chdir(root);
const environment = readEnvironment();
const database = connect(environment);
const number = new Intl.NumberFormat('fr-FR');

/** Size of the database in bytes. */
async function sizeOf(connection: Knex): Promise<number> {
	if (environment.DB_CLIENT === 'sqlite3') return statSync(resolve(root, environment.DB_FILENAME ?? '')).size;
	const { rows } = (await connection.raw('select pg_database_size(current_database()) as size')) as { rows: { size: string }[] };
	return Number(rows[0]?.size);
}

try {
	const { values } = parseArgs({ options: { times: { type: 'string' } } });
	if (!values.times) throw new Error('Combien de fois ? npm run demo:scale -- --times 100');
	const times = Number(values.times);
	// A running server writes now and then; it does better to be stopped: on SQLite it waits for each copy.
	if (environment.DB_CLIENT === 'sqlite3') await database.raw('pragma busy_timeout = 15000');
	const { before, rows, seconds } = await scaleDemo({
		database,
		times,
		onCopy: (done) => console.log(`${done.times} fois la démonstration : ${number.format(done.rows)} lignes ajoutées en ${Math.round(done.seconds)} s`),
	});
	const size = `${number.format(Math.round((await sizeOf(database)) / 1e6))} Mo`;
	console.log(
		rows === 0
			? `La démonstration est déjà là ${before} fois : rien à ajouter (base : ${size}).`
			: `${number.format(rows)} lignes en ${number.format(Math.round(seconds / 6) / 10)} min ; la base occupe ${size}.`,
	);
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	console.error('Ce qui a été écrit reste et est complet : la même commande continue où elle s’est arrêtée, npm run demo:remove retire tout.');
	process.exitCode = 1;
} finally {
	await database.destroy();
}
