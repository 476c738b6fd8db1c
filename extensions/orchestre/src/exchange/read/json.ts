import type { Cell, Line, Table } from '../rules/types.ts';
import { maxColumns, maxRows, tooManyColumns, tooManyRows, Unreadable } from './limits.ts';
import { decode } from './text.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

function toCell(value: unknown): Cell {
	if (value === null || value === undefined) return null;
	if (isScalar(value)) return value;
	return Array.isArray(value) && value.every(isScalar) ? value.join(', ') : { nested: true };
}

/** A JSON file: an array of objects, or `{ "data": […] }` as the API answers. Rows are counted from 1; keys are headers. */
export function readJson(bytes: Uint8Array): Table {
	let content: unknown;
	try {
		content = JSON.parse(decode(bytes).text.replace(/^\uFEFF/, ''));
	} catch (error) {
		if (error instanceof Unreadable) throw error;
		const place = /line (\d+)/.exec(String(error))?.[1];
		throw new Unreadable(`Le fichier JSON n’est pas valide${place ? `, vers la ligne ${place}` : ''}.`);
	}
	const rows: unknown = isObject(content) ? content['data'] : content;
	if (!Array.isArray(rows)) throw new Unreadable('Le fichier JSON doit contenir une liste d’objets.');
	if (rows.length > maxRows) throw tooManyRows();
	const stray = rows.findIndex((row) => !isObject(row));
	if (stray >= 0) throw new Unreadable(`L’élément ${stray + 1} du fichier JSON n’est pas un objet.`);
	const objects = rows as Record<string, unknown>[];
	const headers = [...new Set(objects.flatMap((row) => Object.keys(row)))];
	if (headers.length > maxColumns) throw tooManyColumns();
	const lines: Line[] = objects.map((row, index) => ({
		row: index + 1,
		cells: headers.map((header) => toCell(Object.hasOwn(row, header) ? row[header] : null)),
	}));
	return { headers, headerRow: 0, lines: lines.filter(({ cells }) => cells.some((cell) => cell !== null && cell !== '')), source: 'JSON' };
}
