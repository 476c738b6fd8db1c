import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { textOf } from '../reading/rules/text.ts';

/** For tests alone: the public e-invoices of shared/data, which nobody here wrote. */
export const eInvoices = join(resolve(process.env['SHARED_DIR'] ?? '../shared'), 'data', 'e-invoices');

export const areThere = existsSync(eInvoices);

if (!areThere && process.env['CI']) throw new Error(`CI needs the public e-invoices, and ${eInvoices} is not there.`);
if (!areThere)
	process.stderr.write(`○ Public e-invoices are not at ${eInvoices} (SHARED_DIR names the folder that has data/ in it): their tests are skipped.\n`);

/** Paths below the folder, of files with this ending. */
export const filesIn = (folder: string, ending: RegExp): string[] =>
	areThere
		? readdirSync(join(eInvoices, folder), { recursive: true })
				.map((file) => join(folder, String(file)))
				.filter((file) => ending.test(file))
				.sort()
		: [];

export const xmlOf = (file: string): string => textOf(readFileSync(join(eInvoices, file))) ?? '';
