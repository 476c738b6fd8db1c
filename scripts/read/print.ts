import { formatAmount } from '../../extensions/orchestre/src/platform/amount.ts';
import type { Check, DocumentLine, DocumentRead, Field, VatRow } from '../../extensions/orchestre/src/documents/types.ts';
import { amounts, classNames, fieldNames, methodNames, sourceNames, verdictNames } from './names.ts';

/** Widest value of a column; what is longer is cut. */
const widest = 52;

const percent = (share: number): string => `${Math.floor(share * 100)} %`;
const euros = (cents: number | null): string => (cents === null ? '' : formatAmount(cents, 'eur', 'fr').replace(/\s*€$/, ''));
const rate = (points: number | null): string => (points === null ? '' : `${(points / 100).toLocaleString('fr-FR')} %`);

const frenchDate = (iso: string): string => iso.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1');

function valueOf({ name, value }: Field): string {
	if (typeof value === 'number') return amounts.includes(name) ? euros(value) : String(value);
	return frenchDate(value.replaceAll('\n', ', '));
}

/** Rows as columns; the first row is the head. Numbers (`right`) are flush right. */
function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
	const cut = rows.map((row) => row.map((cell) => (cell.length > widest ? `${cell.slice(0, widest - 1)}…` : cell)));
	const widths = (cut[0] ?? []).map((_, column) => Math.max(...cut.map((row) => row[column]?.length ?? 0)));
	const line = (row: readonly string[]): string =>
		`  ${row.map((cell, column) => (right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ')}`.trimEnd();
	const [head = [], ...body] = cut;
	return [line(head), `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`, ...body.map(line)];
}

const fieldsTable = (fields: readonly Field[]): string[] =>
	table(
		[
			['Champ', 'Valeur', 'Sûr à', 'Source', 'Page'],
			...fields.map((field) => [
				fieldNames[field.name],
				valueOf(field),
				percent(field.confidence),
				sourceNames[field.source],
				field.page === null ? '' : String(field.page),
			]),
		],
		[2, 4],
	);

const linesTable = (lines: readonly DocumentLine[]): string[] =>
	table(
		[
			['Ligne', 'Quantité', 'Prix', 'TVA', 'Total HT'],
			...lines.map(({ label, quantity, unitPrice, vatRate, net }) => [
				label.replaceAll('\n', ' '),
				quantity === null ? '' : (quantity / 1000).toLocaleString('fr-FR'),
				euros(unitPrice),
				rate(vatRate),
				euros(net),
			]),
		],
		[1, 2, 3, 4],
	);

const vatTable = (rows: readonly VatRow[]): string[] =>
	table([['Taux de TVA', 'Base HT', 'TVA'], ...rows.map((row) => [rate(row.rate) || (row.category ?? ''), euros(row.base), euros(row.vat)])], [0, 1, 2]);

function checkLines(checks: readonly Check[]): string[] {
	const failed = checks.filter(({ passed }) => !passed);
	const passed = checks.length - failed.length;
	const marks = { error: '✗', warning: '!' };
	return [
		...(passed > 0 ? [`  ✓ ${passed} ${passed === 1 ? 'contrôle réussi' : 'contrôles réussis'}`] : []),
		...failed.map(({ code, severity, message }) => `  ${marks[severity]} ${message.fr} (${code})`),
	];
}

const sections = (parts: readonly [string, string[]][]): string[] =>
	parts.flatMap(([title, lines]) => (lines.length > 0 ? ['', ...(title ? [`  ${title}`] : []), ...lines] : []));

/** What was read of a file, for people. */
export function linesOf(file: string, read: DocumentRead): string[] {
	const notes = read.notes.map(({ fr }) => `  · ${fr}`);
	if (read.refusal) return ['', file, `  ✗ ${read.refusal.message.fr}`, ...notes];
	const { einvoice, pageCount } = read;
	const pages = pageCount === 0 ? '' : `, ${pageCount} ${pageCount === 1 ? 'page' : 'pages'}`;
	const head = `  ${classNames[read.class]} (${percent(read.classConfidence)}) · ${methodNames[read.method]}${pages}`;
	const invoice = einvoice ? [`  ${einvoice.format}${einvoice.profile ? ` ${einvoice.profile}` : ''} : ${verdictNames[einvoice.verdict]}`] : [];
	return [
		'',
		file,
		head,
		...invoice,
		...notes,
		...sections([
			['', read.fields.length > 0 ? fieldsTable(read.fields) : []],
			['', read.lines.length > 0 ? linesTable(read.lines) : []],
			['', read.vat.length > 0 ? vatTable(read.vat) : []],
			['', checkLines(read.checks)],
		]),
	];
}
