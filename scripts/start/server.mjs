import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { loginsFile, urlHost } from '../support/environment.mjs';
import { Failure, interrupted } from './failure.mjs';
import { root } from './paths.mjs';
import { wait } from './process.mjs';

/** Without the wrapper that looks for updates on every start: it would advise Directus 12, on which this cannot run. */
const directus = 'node_modules/@directus/api/dist/cli/run.js';

/** The product has no geometry field. */
const noise = /Spatialite isn't installed/;

/**
 * Starts Directus and stays until it ends. Once it answers, tells where, and with what one can sign in.
 * @param {import('./progress.mjs').Progress} progress
 * @param {Record<string, string>} environment
 * @param {{ demo: boolean }} state
 */
export async function serve(progress, environment, { demo }) {
	progress.begin('Démarrage');
	const child = spawn(process.execPath, [directus, 'start'], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
	createInterface({ input: child.stdout }).on('line', (line) => noise.test(line) || console.log(line));
	const ended = wait(child);
	const address = `http://${urlHost(environment.HOST ?? '127.0.0.1')}:${environment.PORT}`;
	const isUp = await Promise.race([ended.then(() => false), answers(address)]);
	if (isUp) {
		progress.end();
		announce(environment, demo);
	} else progress.fail();
	const { code, isInterrupted } = await ended;
	if (isInterrupted && isUp) return;
	if (isInterrupted) throw interrupted();
	throw new Failure(`Directus s’est arrêté (code ${code}) ; ses messages sont ci-dessus.`, code || 1);
}

/** @param {string} address */
async function answers(address) {
	for (;;) {
		try {
			const response = await fetch(`${address}/server/ping`, { signal: AbortSignal.timeout(2000) });
			if (response.ok) return true;
		} catch {
			// Not listening yet.
		}
		await sleep(200);
	}
}

/**
 * @param {Record<string, string>} environment
 * @param {boolean} demo
 */
function announce(environment, demo) {
	console.log(`\nOrchestre est prêt : ${environment.PUBLIC_URL}\n`);
	const logins = demo ? readLogins(loginsFile(environment)) : [];
	const administrator = { role: 'Administrateur', email: environment.ADMIN_EMAIL ?? '', password: environment.ADMIN_PASSWORD ?? '' };
	if (!demo) console.log(`  Administrateur : ${administrator.email} (mot de passe : ADMIN_PASSWORD du fichier .env, s’il n’a pas été changé)`);
	else {
		const lines = [administrator, ...logins];
		const width = (/** @type {'role' | 'email'} */ field) => Math.max(...lines.map((login) => login[field].length));
		for (const { role, email, password } of lines) console.log(`  ${role.padEnd(width('role'))}  ${email.padEnd(width('email'))}  ${password}`);
		console.log('\n  Ce sont les comptes de l’entreprise de démonstration ; npm run demo:remove la retire.');
	}
	console.log('  Ctrl-C pour arrêter.\n');
}

/**
 * @param {string} file
 * @returns {{ role: string, email: string, password: string }[]}
 */
const readLogins = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
