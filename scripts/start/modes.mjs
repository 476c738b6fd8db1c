import { spawn } from 'node:child_process';
import { findChromium } from '../support/browser.mjs';
import { hasEngine } from '../support/engine.mjs';
import { readEnvironment } from '../support/environment.mjs';
import { checkPort } from './checks.mjs';
import { writeEnvironmentFile } from './environment-file.mjs';
import { Failure } from './failure.mjs';
import { build, install } from './install.mjs';
import { root } from './paths.mjs';
import { wait } from './process.mjs';
import { Progress } from './progress.mjs';
import { provision } from './provision.mjs';
import { serve } from './server.mjs';

/**
 * @param {string} mode
 * @param {string[]} args
 */
export async function runMode(mode, args) {
	if (mode === 'start') return start(args);
	const progress = new Progress(3);
	await install(progress);
	if (mode !== 'run') await build(progress);
	if (mode === 'test') await test(args);
	if (mode === 'run') process.exitCode = await runInherited(args);
}

/** @param {string[]} args */
async function start(args) {
	const unknown = args.find((arg) => arg !== '--empty');
	if (unknown) throw new Failure(`Option inconnue : ${unknown}. Il y a : npm start -- --empty (sans l’entreprise de démonstration).`);
	const { HOST = '', PORT = '' } = readEnvironment();
	await checkPort(HOST, PORT);
	const progress = new Progress(8);
	await install(progress);
	await build(progress);
	writeEnvironmentFile();
	const state = await provision(progress, { empty: args.includes('--empty') });
	await serve(progress, readEnvironment(), state);
}

/** @type {[string, string[]][]} */
const checks = [
	['oxlint', ['node_modules/oxlint/bin/oxlint']],
	['prettier --check', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']],
	['tsc', ['node_modules/typescript/bin/tsc', '--project', '.']],
	['vue-tsc', ['node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit', '--project', 'extensions/orchestre']],
];
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];

/**
 * All checks, or with arguments vitest alone with them. Goes on after a failure: one run tells everything.
 * @param {string[]} args
 */
async function test(args) {
	/** @type {[string, string[]][]} */
	const steps = args.length > 0 ? [['vitest', [...vitest, ...args]]] : [...checks, ['vitest', vitest]];
	/** @type {string[]} */
	const failed = [];
	for (const [name, command] of steps) {
		console.log(`▶ ${name}`);
		if ((await runInherited(command)) !== 0) failed.push(name);
	}
	if (!findChromium()) console.log('\n○ Test du navigateur sauté : Chromium n’est pas sur cette machine (la variable CHROMIUM en donne le chemin).');
	if (!hasEngine()) console.log('\n○ Voie PostgreSQL et Redis sautée : aucun moteur Docker ne répond sur cette machine.');
	if (failed.length > 0) throw new Failure(`En échec : ${failed.join(', ')}`);
}

/**
 * @param {string[]} args of Node
 * @returns {Promise<number>} exit code
 */
async function runInherited(args) {
	const { code, isInterrupted } = await wait(spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));
	if (isInterrupted) throw new Failure('Interrompu.', 130);
	return code;
}
