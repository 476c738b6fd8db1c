import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, interrupted } from './failure.mjs';
import { logFolder, root } from './paths.mjs';

/** A child that has not ended this long after Ctrl-C is killed: `npm ci` would go on for a minute behind the prompt. */
const patience = 3000;

/**
 * Waits for a child and passes on what this process is told. Ctrl-C reaches the whole group of a terminal by itself;
 * other signals come to this process alone.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number, isInterrupted: boolean, isKilled: boolean }>} killed: by a signal not of ours
 */
export function wait(child) {
	let isInterrupted = false;
	const interrupt = () => {
		isInterrupted = true;
		setTimeout(() => child.kill('SIGKILL'), patience).unref();
	};
	/** @param {NodeJS.Signals} signal */
	const terminate = (signal) => {
		isInterrupted = true;
		child.kill(signal);
		setTimeout(() => child.kill('SIGKILL'), 10 * patience).unref();
	};
	process.on('SIGINT', interrupt).on('SIGTERM', terminate).on('SIGHUP', terminate);
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			process.off('SIGINT', interrupt).off('SIGTERM', terminate).off('SIGHUP', terminate);
			resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 143), isInterrupted, isKilled: code === null && !isInterrupted });
		});
	});
}

/**
 * Runs a Node script quietly: what it prints goes to data/logs/<name>.log. Returns its exit code and output, or throws
 * the interruption.
 * @param {string} name
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onMessage?: (message: unknown) => void }} [options] JSON by IPC
 */
export async function runQuietly(name, args, { cwd = root, env = process.env, onMessage } = {}) {
	mkdirSync(logFolder, { recursive: true });
	const path = join(logFolder, `${name}.log`);
	const log = createWriteStream(path);
	const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? [/** @type {const} */ ('ipc')] : [])] });
	child.stdout?.pipe(log, { end: false });
	child.stderr?.pipe(log, { end: false });
	if (onMessage) child.on('message', onMessage);
	const { code, isInterrupted, isKilled } = await wait(child);
	await new Promise((resolve) => log.end(resolve));
	if (isInterrupted) throw interrupted();
	if (isKilled)
		throw new Failure('Une étape a été arrêtée de l’extérieur (mémoire insuffisante ?). Relancez la commande : elle reprendra là où elle en était.');
	return { code, output: readFileSync(path, 'utf8'), path };
}
