/**
 * npm start [-- --empty]   makes everything ready and starts the product
 * npm test  [-- <args>]    makes ready what tests need and runs all checks (with arguments: vitest alone)
 * node scripts/start.mjs run <script.ts> [args]   runs a script of ours under the right Node
 *
 * It needs nothing but Node 20 and npm: no dependency is installed yet when it begins. Directus 11 and its native
 * modules want Node 22; an older (or newer) Node fetches one into .node/ and runs everything again under it.
 */
const [major] = process.versions.node.split('.').map(Number);
if ((major ?? 0) < 20) {
	console.error(
		`✗ Orchestre a besoin de Node 20 ou plus récent ; celui-ci est ${process.version}. Installez-le depuis https://nodejs.org puis relancez la commande.`,
	);
	process.exit(1);
}

const { Failure } = await import('./start/failure.mjs');
const [mode, ...rest] = ['test', 'build', 'run'].includes(process.argv[2] ?? '') ? process.argv.slice(2) : ['start', ...process.argv.slice(2)];

try {
	const { isRightNode, rerunUnderRightNode } = await import('./start/node.mjs');
	const { checkFolder } = await import('./start/checks.mjs');
	checkFolder();
	if (!isRightNode()) await rerunUnderRightNode();
	else await (await import('./start/modes.mjs')).runMode(String(mode), rest);
} catch (error) {
	if (!(error instanceof Failure)) throw error;
	console.error(`\n✗ ${error.message}`);
	process.exitCode = error.exitCode;
}
