import { CsvError, parse } from 'csv-parse/sync';
import type { Line, Table } from '../rules/types.ts';
import { maxColumns, maxRows, tooManyColumns, tooManyRows, Unreadable } from './limits.ts';
import { decode } from './text.ts';

const names: Record<string, string> = { ';': 'point-virgule', ',': 'virgule', '\t': 'tabulation', '|': 'barre' };

/** The separator that stands most often in the header, outside quotes. */
function separatorOf(text: string): string {
	const counts = new Map<string, number>(Object.keys(names).map((mark) => [mark, 0]));
	let quotedNow = false;
	for (const mark of text.slice(0, 100_000)) {
		if (mark === '"') quotedNow = !quotedNow;
		else if (!quotedNow && (mark === '\n' || mark === '\r')) break;
		else if (!quotedNow && counts.has(mark)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
	}
	const [best] = [...counts].toSorted(([, a], [, b]) => b - a);
	return best && best[1] > 0 ? best[0] : ';';
}

const sentences: Record<string, (line: number) => string> = {
	CSV_QUOTE_NOT_CLOSED: (line) => `Le guillemet ouvert ligne ${line} n’est jamais fermé.`,
	INVALID_OPENING_QUOTE: (line) => `Ligne ${line} : un guillemet se trouve au milieu d’une valeur ; doublez-le ou entourez la valeur de guillemets.`,
	CSV_INVALID_CLOSING_QUOTE: (line) => `Ligne ${line} : un guillemet fermant est suivi d’autre chose qu’un séparateur.`,
	CSV_MAX_RECORD_SIZE: (line) => `La ligne ${line} est démesurée : un guillemet n’est sans doute pas fermé.`,
};

function records(text: string, delimiter: string, maxRecords: number): string[][] {
	try {
		return parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: false, max_record_size: 2_000_000, to: maxRecords });
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const line = Number((error as unknown as { lines?: number }).lines ?? 0);
		throw new Unreadable(sentences[error.code]?.(line) ?? `Le fichier CSV ne peut pas être lu, vers la ligne ${line}.`);
	}
}

/** A CSV file: separator and encoding as found, quoted line ends, Excel's `sep=` line. Rows are numbered as Excel shows them; empty ones are left out. */
export function readCsv(bytes: Uint8Array, mostRows = maxRows): Table {
	// Empty lines included: a file of line ends alone ends here.
	const maxRecords = 10 * mostRows;
	const { text, encoding } = decode(bytes);
	const stated = /^\uFEFF?sep=(.)\r?\n/.exec(text);
	const body = stated ? text.slice(stated[0].length) : text;
	const delimiter = stated?.[1] ?? separatorOf(body);
	const all = records(body, delimiter, maxRecords);
	if (all.length >= maxRecords) throw tooManyRows();
	const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
	const shift = stated ? 2 : 1;
	const head = all.findIndex((cells) => !isEmpty(cells));
	if (head < 0) throw new Unreadable('Le fichier est vide.');
	const lines: Line[] = all.flatMap((cells, index) => (index > head && !isEmpty(cells) ? [{ row: index + shift, cells }] : []));
	if (lines.length > mostRows) throw tooManyRows();
	const width = lines.reduce((most, { cells }) => Math.max(most, cells.length), all[head]?.length ?? 0);
	if (width > maxColumns) throw tooManyColumns();
	const headers = Array.from({ length: width }, (_, index) => all[head]?.[index]?.trim() ?? '');
	return { headers, headerRow: head + shift, lines, source: `CSV, ${names[delimiter] ?? delimiter}, ${encoding}` };
}
