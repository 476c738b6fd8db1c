import { Failure, lastLines } from './failure.mjs';
import { runQuietly } from './process.mjs';

/**
 * Brings the database up to date in a process of its own, showing the steps it reports.
 * @param {import('./progress.mjs').Progress} progress
 * @param {{ empty: boolean }} options
 * @returns {Promise<{ demo: boolean }>} whether the demo company is there
 */
export async function provision(progress, { empty }) {
	let demo = false;
	/** @param {unknown} message as scripts/provision.ts sends it */
	const onMessage = (message) => {
		const told = /** @type {{ step?: string, demo?: boolean }} */ (message);
		if (told.step) progress.begin(told.step);
		if (told.demo !== undefined) demo = told.demo;
	};
	const { code, output, path } = await runQuietly('provision', ['scripts/provision.ts', ...(empty ? ['--empty'] : [])], { onMessage });
	if (code !== 0) {
		progress.fail();
		throw new Failure(explain(output, path));
	}
	progress.end();
	return { demo };
}

/**
 * @param {string} output
 * @param {string} path
 */
function explain(output, path) {
	if (/SQLITE_(READONLY|CANTOPEN)|EROFS|EACCES/.test(output))
		return 'La base de données n’est pas accessible en écriture : vérifiez les droits du dossier data.';
	if (/SQLITE_BUSY|database is locked/.test(output))
		return 'La base de données est occupée par un autre processus : arrêtez l’autre Directus, puis relancez la commande.';
	if (/SQLITE_(NOTADB|CORRUPT)/.test(output))
		return 'Le fichier de la base de données est abîmé : remettez une sauvegarde, ou déplacez-le pour repartir à neuf.';
	if (/SQLITE_FULL|ENOSPC/.test(output)) return 'Le disque est plein.';
	if (/ECONNREFUSED|ENOTFOUND|ETIMEDOUT|password authentication failed|does not exist/.test(output))
		return `La base de données ne répond pas ou refuse la connexion (réglages DB_*) :\n${lastLines(output, 3)}`;
	return `La préparation de la base a échoué (${path}) :\n${lastLines(output)}`;
}
