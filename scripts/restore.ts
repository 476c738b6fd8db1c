/**
 * npm run restore -- archive.tar [--force]: puts a backup in the place of the environment's database and files. Orchestre is
 * stopped meanwhile. With --force over an installation that is not empty; what was there is kept beside.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupFailure, sentenceOf } from './backup/failure.ts';
import { restoreBackup } from './backup/restore.ts';
import { readEnvironment, root } from './support/environment.mjs';

const usage = 'Utilisation : npm run restore -- archive.tar [--force]';

function readArguments(): { archive: string; force: boolean } {
	let parsed: { values: { force: boolean }; positionals: string[] };
	try {
		parsed = parseArgs({ options: { force: { type: 'boolean', default: false } }, allowPositionals: true });
	} catch {
		throw new BackupFailure(usage);
	}
	const [archive, ...more] = parsed.positionals;
	if (!archive || more.length > 0) throw new BackupFailure(usage);
	// npm changes into the checkout; the path is meant from where it was typed.
	return { archive: resolve(process.env.INIT_CWD ?? process.cwd(), archive), force: parsed.values.force };
}

try {
	const { archive, force } = readArguments();
	process.chdir(root);
	const { createdAt, tables, rows, files, notes } = await restoreBackup(readEnvironment(), archive, { force, onStep: (step) => console.log(`  ${step}…`) });
	const moment = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(createdAt));
	const number = (value: number): string => new Intl.NumberFormat('fr-FR').format(value);
	console.log(`✓ Restauré : l’état du ${moment} (${number(rows)} lignes de ${tables} tables, ${number(files)} fichiers).`);
	for (const note of notes) console.log(`  ${note}`);
	console.log('  Lancez maintenant npm start.');
	process.exit(0);
} catch (error) {
	console.error(`\n✗ ${sentenceOf(error)}`);
	if (process.env.DEBUG) console.error(error);
	process.exit(1);
}
