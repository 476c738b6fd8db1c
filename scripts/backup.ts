/**
 * npm run backup [-- --to folder]: backs up database and files while Orchestre runs, into an archive of ORCHESTRE_BACKUP_FOLDER
 * (./data/backups) or of the folder given. The nightly job adds --scheduled: it keeps the last ORCHESTRE_BACKUP_KEEP (14)
 * archives and answers one line of JSON.
 */
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createBackup } from './backup/create.ts';
import { BackupFailure, sentenceOf } from './backup/failure.ts';
import { prune } from './backup/folder.ts';
import { readEnvironment, root } from './support/environment.mjs';

/** Where the command was typed: npm changes into the checkout. */
const typedIn = process.env.INIT_CWD ?? process.cwd();
const size = (bytes: number): string => `${new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 }).format(bytes / 1_000_000)} Mo`;
const number = (value: number): string => new Intl.NumberFormat('fr-FR').format(value);

function readKeep(text: string | undefined): number {
	const keep = Number(text?.trim() || 14);
	if (!Number.isInteger(keep) || keep < 1) throw new BackupFailure(`ORCHESTRE_BACKUP_KEEP vaut « ${text} » : il faut un nombre entier, au moins 1.`);
	return keep;
}

function readArguments(): { to: string | undefined; scheduled: boolean } {
	try {
		const { values } = parseArgs({ options: { to: { type: 'string' }, scheduled: { type: 'boolean', default: false } } });
		return { to: values.to, scheduled: values.scheduled };
	} catch {
		throw new BackupFailure('Utilisation : npm run backup [-- --to dossier]');
	}
}

const isScheduled = process.argv.includes('--scheduled');
try {
	const { to } = readArguments();
	const environment = readEnvironment();
	const keep = readKeep(environment.ORCHESTRE_BACKUP_KEEP);
	const folder = to ? resolve(typedIn, to) : resolve(root, environment.ORCHESTRE_BACKUP_FOLDER?.trim() || './data/backups');
	// The server goes first.
	if (isScheduled) setPriority(10);
	process.chdir(root);
	const result = await createBackup(environment, folder);
	const removed = isScheduled ? await prune(folder, keep) : [];
	if (isScheduled) console.log(JSON.stringify({ ...result, removed: removed.length }));
	else {
		console.log(`✓ ${result.archive} (${size(result.bytes)} : ${number(result.rows)} lignes de ${result.tables} tables, ${number(result.files)} fichiers)`);
		for (const note of result.notes) console.log(`  Attention : ${note}`);
		console.log('  Elle contient tout, mots de passe chiffrés et jetons compris : gardez-la en lieu sûr, et sur une autre machine.');
	}
	process.exit(0);
} catch (error) {
	if (isScheduled) console.log(JSON.stringify({ error: sentenceOf(error) }));
	else console.error(`\n✗ ${sentenceOf(error)}`);
	if (process.env.DEBUG) console.error(error);
	process.exit(1);
}
