/**
 * npm run cluster:try [-- --keep]: starts docker-compose.yml for real, on free ports, with secrets of its own, and tries what
 * two instances must hold. Ends with a table and removes its containers, volumes and image; `--keep` leaves them to look at.
 * Needs a Docker engine and the built bundle.
 */
import { readSwitches } from '../support/command.ts';
import { anyDoor, lastPlaces, oneFiring, preparedOnce, started } from './trial/checks.ts';
import type { Trial } from './trial/checks.ts';
import { createCompany } from './trial/company.ts';
import { fingerprint, killed, rolled, upAgain } from './trial/failures.ts';
import { run, Stack } from './trial/stack.ts';
import type { Finding } from './trial/treated.ts';

type Line = Finding & { name: string; seconds: number };

const { keep } = readSwitches('keep');
const lines: Line[] = [];

async function check(name: string, work: () => Promise<Finding>): Promise<void> {
	const start = performance.now();
	const finding = await work().catch((error: unknown): Finding => ({ figures: '', faults: [error instanceof Error ? error.message : String(error)] }));
	const line = { name, ...finding, seconds: Math.round((performance.now() - start) / 1000) };
	lines.push(line);
	console.log(`${line.faults.length === 0 ? '✓' : '✗'} ${name} (${line.seconds} s)`);
}

async function tryAll(stack: Stack): Promise<void> {
	await check('Démarrage à deux, la première tuée en pleine préparation', () => started(stack));
	if (lines.some(({ faults }) => faults.length > 0)) return;
	const trial: Trial = { stack, company: await createCompany(stack) };
	const before = await fingerprint(stack);
	await check('Base préparée une fois', () => preparedOnce(trial));
	await check('Un lead par l’une ou l’autre instance est traité une fois', () => anyDoor(trial));
	await check('Cinquante leads à la fois ne dépassent aucune capacité', () => lastPlaces(trial));
	await check('Un horaire se déclenche une fois', () => oneFiring(trial));
	await check('Une instance tuée ne perd ni ne double un travail', () => killed(trial));
	await check('Un redémarrage progressif ne perd aucune requête', () => rolled(trial));
	await check('Un second « up » ne change rien', () => upAgain(trial, before));
}

function report(): void {
	const width = Math.max(...lines.map(({ name }) => name.length));
	console.log('');
	for (const { name, figures, faults } of lines)
		console.log(`${faults.length === 0 ? 'tenu    ' : 'NON TENU'}  ${name.padEnd(width)}  ${[figures, ...faults].filter(Boolean).join(' ; ')}`);
}

try {
	await run('docker', ['info']);
} catch {
	console.error('✗ Docker ne répond pas sur cette machine : l’essai n’a pas eu lieu.');
	process.exit(1);
}
const stack = await Stack.create();
process.once('SIGINT', () => void stack.remove().finally(() => process.exit(130)));
try {
	await tryAll(stack);
	report();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	if (keep) console.log(`\nGardé : docker ps --filter name=${stack.project}`);
	else await stack.remove();
}
if (lines.length < 8 || lines.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
