/**
 * npm run read -- FILE… [--json] [--company NAME] [--siren NUMBER]: reads files (folders with all they hold) as Orchestre does when they
 * are uploaded, and prints class, fields, checks and how sure each is. No database is touched. `--company` and `--siren` say who we are:
 * they tell sales from purchases. Exit code: 0 everything was read, 1 a file was refused, 2 the command itself was wrong.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endReading, readDocument } from '../extensions/orchestre/src/documents/read.ts';
import type { OwnCompany } from '../extensions/orchestre/src/documents/types.ts';
import { linesOf } from './read/print.ts';

const usage = 'Utilisation : npm run read -- FICHIER… [--json] [--company NOM] [--siren NUMÉRO] (un dossier est lu avec tout ce qu’il contient)';

class ReadFailure extends Error {}

function readArguments(): { paths: string[]; json: boolean; own: OwnCompany } {
	const text = { type: 'string' } as const;
	try {
		const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false }, company: text, siren: text } });
		if (positionals.length === 0) throw new ReadFailure(usage);
		const own: OwnCompany = { name: values.company ?? '', siren: values.siren?.replace(/\s/g, '') ?? null, vatNumber: null, iban: null, emailDomain: null };
		return { paths: positionals, json: values.json, own };
	} catch (error) {
		if (error instanceof ReadFailure) throw error;
		throw new ReadFailure(`Option inconnue ou sans valeur (${(error as Error).message.split('.')[0]}).\n${usage}`);
	}
}

/** npm changes into the checkout; paths are meant from where they were typed. */
const here = process.env.INIT_CWD ?? process.cwd();

function filesIn(path: string): string[] {
	const full = resolve(here, path);
	try {
		if (!statSync(full).isDirectory()) return [full];
	} catch {
		throw new ReadFailure(`« ${path} » n’existe pas, ou ne peut pas être ouvert.`);
	}
	const names = readdirSync(full, { recursive: true, encoding: 'utf8' }).filter((name) => !name.split(/[/\\]/).some((part) => part.startsWith('.')));
	return names
		.sort()
		.map((name) => join(full, name))
		.filter((file) => {
			const found = statSync(file, { throwIfNoEntry: false });
			if (!found) process.stderr.write(`! « ${nameFromHere(file)} » est un lien vers un fichier qui n’existe pas : il n’est pas lu.\n`);
			return found?.isFile() ?? false;
		});
}

/** The path as it would be typed here; the whole of it when it lies elsewhere. */
const nameFromHere = (file: string): string => {
	const path = relative(here, file);
	return path.startsWith('..') ? file : path;
};

/** The file under work, rewritten in place on a terminal, a line each elsewhere. Nothing for a single file. */
function showProgress(done: number, count: number, file: string): void {
	if (count === 1) return;
	const line = `[${done + 1}/${count}] ${file}`;
	process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}` : `${line}\n`);
}

async function run(): Promise<number> {
	const { paths, json, own } = readArguments();
	const files = [...new Set(paths.flatMap(filesIn))];
	if (files.length === 0) throw new ReadFailure('Ce dossier ne contient aucun fichier.');
	let refused = 0;
	if (json) console.log('[');
	for (const [index, file] of files.entries()) {
		const name = nameFromHere(file);
		showProgress(index, files.length, name);
		const { pages: _pages, ...read } = await readDocument(file, own);
		if (read.refusal) refused++;
		if (json) console.log(`${JSON.stringify({ file: name, ...read })}${index < files.length - 1 ? ',' : ''}`);
		else {
			if (process.stderr.isTTY && files.length > 1) process.stderr.write('\r\x1b[2K');
			console.log(linesOf(name, read).join('\n'));
		}
	}
	if (json) console.log(']');
	else if (files.length > 1) console.log(`\n${files.length - refused} lus, ${refused} ${refused < 2 ? 'refusé' : 'refusés'}.`);
	return refused > 0 ? 1 : 0;
}

try {
	process.exitCode = await run();
} catch (error) {
	console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	if (process.env.DEBUG) console.error(error);
	process.exitCode = 2;
} finally {
	endReading();
}
