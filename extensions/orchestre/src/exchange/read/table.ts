import type { Table } from '../rules/types.ts';
import { readCsv } from './csv.ts';
import { readJson } from './json.ts';
import { maxFileBytes, tooBig, Unreadable } from './limits.ts';
import { readXlsx } from './xlsx.ts';

const startsWith = (bytes: Uint8Array, ...marks: number[]): boolean => marks.every((mark, index) => bytes[index] === mark);

/** Reads a file as what it is, whatever its name says: a ZIP is a workbook, a bracket begins JSON, other text is CSV. */
export function readTable(bytes: Uint8Array, filename: string): Table {
	if (bytes.length === 0) throw new Unreadable('Le fichier est vide.');
	if (bytes.length > maxFileBytes) throw tooBig();
	if (startsWith(bytes, 0x50, 0x4b)) return readXlsx(bytes);
	if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
		throw new Unreadable('Ce classeur est protégé par un mot de passe ou au format d’avant 2007 (.xls) : enregistrez-le au format .xlsx, sans mot de passe.');
	const start = new TextDecoder()
		.decode(bytes.subarray(0, 64))
		.replace(/^\uFEFF/, '')
		.trimStart();
	const isJson = /\.json$/i.test(filename) || start.startsWith('[') || start.startsWith('{');
	return isJson ? readJson(bytes) : readCsv(bytes);
}
