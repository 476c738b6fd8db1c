import { ofSerial } from '../rules/dates.ts';
import type { Cell, Line, Table } from '../rules/types.ts';
import { maxColumns, maxRows, tooManyColumns, tooManyRows, Unreadable } from './limits.ts';
import { walk } from './xml.ts';
import { unzip } from './zip.ts';

type Parts = Map<string, Uint8Array>;

const decoder = new TextDecoder();
const textOf = (parts: Parts, name: string): string | null => {
	const bytes = parts.get(name);
	return bytes ? decoder.decode(bytes) : null;
};

/** Path of a related part: relative to the folder of the workbook, or absolute. */
const resolve = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

type Workbook = { sheet: string; path: string; starts1904: boolean };

/** The first visible sheet, in the order in which Excel shows them. */
function readWorkbook(parts: Parts): Workbook {
	const workbook = textOf(parts, 'xl/workbook.xml');
	const relations = textOf(parts, 'xl/_rels/workbook.xml.rels');
	if (!workbook || !relations) throw new Unreadable('Ce fichier n’est pas un classeur XLSX.');
	const targets = new Map<string, string>();
	walk(relations, { open: (name, attributes) => void (name === 'Relationship' && targets.set(attributes()['Id'] ?? '', attributes()['Target'] ?? '')) });
	const sheets: { name: string; id: string }[] = [];
	let starts1904 = false;
	walk(workbook, {
		open: (name, attributes) => {
			const given = attributes();
			if (name === 'workbookPr') starts1904 = ['1', 'true'].includes(given['date1904'] ?? '');
			if (name === 'sheet' && !['hidden', 'veryHidden'].includes(given['state'] ?? ''))
				sheets.push({ name: given['name'] ?? '', id: given['r:id'] ?? Object.entries(given).find(([key]) => key.endsWith(':id'))?.[1] ?? '' });
		},
	});
	const [first] = sheets;
	const target = first && targets.get(first.id);
	if (!first || !target) throw new Unreadable('Ce classeur n’a pas de feuille visible.');
	return { sheet: first.name, path: resolve(target), starts1904 };
}

/** Texts of a shared-strings part; phonetic hints are no text. */
function readStrings(xml: string | null): string[] {
	const strings: string[] = [];
	if (!xml) return strings;
	let current = '';
	let inText = false;
	let phonetic = 0;
	walk(xml, {
		open: (name) => {
			if (name === 'si') current = '';
			if (name === 'rPh') phonetic += 1;
			inText = name === 't';
		},
		text: (words) => void (inText && phonetic === 0 && (current += words)),
		close: (name) => {
			if (name === 't') inText = false;
			if (name === 'rPh') phonetic -= 1;
			if (name === 'si') strings.push(current);
		},
	});
	return strings;
}

const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
/** A number format shows a date when it has day, month, year or hour outside quotes, colours and currencies. */
const showsDate = (code: string): boolean =>
	/[dmyhjas]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '').replaceAll(/general|standard|e[+-]/gi, ''));

/** For every cell style, whether its numbers are dates. */
function readDateStyles(xml: string | null): boolean[] {
	const custom = new Map<number, boolean>();
	const styles: boolean[] = [];
	let inCells = false;
	if (!xml) return styles;
	walk(xml, {
		open: (name, attributes) => {
			if (name === 'numFmt') custom.set(Number(attributes()['numFmtId']), showsDate(attributes()['formatCode'] ?? ''));
			if (name === 'cellXfs') inCells = true;
			if (name === 'xf' && inCells) {
				const format = Number(attributes()['numFmtId'] ?? 0);
				styles.push(custom.get(format) ?? builtInDates.has(format));
			}
		},
		close: (name) => void (name === 'cellXfs' && (inCells = false)),
	});
	return styles;
}

/** `AB12` → 27. */
const columnOf = (reference: string): number =>
	[...(/^[A-Z]{1,3}/.exec(reference)?.[0] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

type Reading = { type: string; style: number; value: string };

function toCell({ type, style, value }: Reading, strings: readonly string[], dates: readonly boolean[], starts1904: boolean): Cell {
	if (type === 's') return strings[Number(value)] ?? null;
	if (type === 'inlineStr' || type === 'str' || type === 'd') return value;
	if (type === 'b') return value === '1';
	// #N/A and its kin: shown in the report as what they are.
	if (type === 'e') return value;
	if (value === '') return null;
	const number = Number(value);
	if (Number.isNaN(number)) return value;
	return dates[style] ? (ofSerial(number, starts1904) ?? number) : number;
}

/** Rows of a sheet, as sparse as the file has them. Formulas count by their last result and are never worked out. */
function readSheet(xml: string, cellOf: (reading: Reading) => Cell): Line[] {
	const lines: Line[] = [];
	let row = 0;
	let cells: Cell[] = [];
	let column = -1;
	let reading: Reading | null = null;
	let inValue = false;
	walk(xml, {
		open: (name, attributes) => {
			if (name === 'row') {
				row = Number(attributes()['r'] ?? row + 1);
				cells = [];
				column = -1;
			} else if (name === 'c') {
				const given = attributes();
				column = given['r'] ? columnOf(given['r']) : column + 1;
				if (column >= maxColumns) throw tooManyColumns();
				reading = { type: given['t'] ?? 'n', style: Number(given['s'] ?? 0), value: '' };
			}
			inValue = name === 'v' || name === 't';
		},
		text: (words) => {
			if (inValue && reading) reading.value += words;
		},
		close: (name) => {
			if (name === 'v' || name === 't') inValue = false;
			else if (name === 'c' && reading) {
				cells[column] = cellOf(reading);
				reading = null;
			} else if (name === 'row' && cells.some((cell) => cell !== null && cell !== undefined && cell !== '')) {
				lines.push({ row, cells: Array.from(cells, (cell) => cell ?? null) });
				if (lines.length > maxRows + 1) throw tooManyRows();
			}
		},
	});
	return lines;
}

const needed = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml)$/;

/** The first visible sheet of an Excel workbook. Its first row that is not empty is the header. */
export function readXlsx(bytes: Uint8Array): Table {
	const workbook = readWorkbook(unzip(bytes, (name) => needed.test(name)));
	const parts = unzip(bytes, (name) => needed.test(name) || name === workbook.path);
	const sheet = textOf(parts, workbook.path);
	if (sheet === null) throw new Unreadable(`La feuille « ${workbook.sheet} » manque dans ce classeur.`);
	const strings = readStrings(textOf(parts, 'xl/sharedStrings.xml'));
	const dates = readDateStyles(textOf(parts, 'xl/styles.xml'));
	const [head, ...lines] = readSheet(sheet, (reading) => toCell(reading, strings, dates, workbook.starts1904));
	if (!head) throw new Unreadable(`La feuille « ${workbook.sheet} » est vide.`);
	const width = lines.reduce((most, { cells }) => Math.max(most, cells.length), head.cells.length);
	const headers = Array.from({ length: width }, (_, index) => String(head.cells[index] ?? '').trim());
	return { headers, headerRow: head.row, lines, source: `XLSX, feuille « ${workbook.sheet} »` };
}
