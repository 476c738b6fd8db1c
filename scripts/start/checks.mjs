import { accessSync, constants, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { Failure } from './failure.mjs';
import { dataFolder, root } from './paths.mjs';

/** Everything is written into the project's own folder: say at once when that cannot be. */
export function checkFolder() {
	for (const folder of [root, dataFolder].filter(existsSync)) {
		try {
			accessSync(folder, constants.W_OK);
		} catch {
			throw new Failure(`Le dossier ${folder} n’est pas accessible en écriture : changez ses droits, ou copiez le projet ailleurs.`);
		}
	}
}

/**
 * Refuses a port that something else listens on, before two minutes of preparation.
 * @param {string} host
 * @param {string} port
 */
export async function checkPort(host, port) {
	const number = Number(port);
	if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new Failure(`PORT vaut « ${port} » : ce n’est pas un numéro de port.`);
	const server = createServer();
	const code = await new Promise((resolve) => {
		server.once('error', (error) => resolve('code' in error ? error.code : 'unknown'));
		server.listen(number, host, () => server.close(() => resolve(null)));
	});
	if (code === 'EADDRINUSE')
		throw new Failure(`Le port ${port} est déjà pris sur ${host} : arrêtez ce qui l’occupe, ou choisissez-en un autre (PORT=8056 npm start).`);
	if (code === 'EACCES') throw new Failure(`Le port ${port} est réservé au système : choisissez-en un au-dessus de 1024 (PORT=8056 npm start).`);
	if (code) throw new Failure(`Impossible d’écouter sur ${host}:${port} (${code}) : vérifiez HOST et PORT.`);
}
