import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { readCsv } from '../../extensions/orchestre/src/exchange/read/csv.ts';
import { Unreadable } from '../../extensions/orchestre/src/exchange/read/limits.ts';
import type { Sample } from '../../extensions/orchestre/src/learners/develop.ts';
import type { Cell, Field } from '../../extensions/orchestre/src/learners/table.ts';
import { isIdentifier, isMissing, readingOf, toMs, toNumber, type Reading } from './values.ts';

/** What keeps an evaluation from going on, as a French sentence. */
export class EvaluationFailure extends Error {
	override name = 'EvaluationFailure';
}

export type Columns = { name: string; headers: string[]; cells: Map<string, string[]>; rows: number; source: string };

const mostBytes = 512 * 1024 * 1024;
const mostRows = 1_000_000;
const list = (names: readonly string[]): string => names.map((name) => `« ${name} »`).join(', ');

/** A CSV file column by column. Names that are empty or come twice get a number. */
export function readColumns(path: string): Columns {
	const name = basename(path);
	try {
		const stat = statSync(path);
		if (stat.isDirectory()) throw new EvaluationFailure(`${name} est un dossier, pas un fichier CSV.`);
		if (stat.size > mostBytes) throw new EvaluationFailure(`${name} dépasse 512 Mo.`);
		const { headers, lines, source } = readCsv(readFileSync(path), mostRows);
		if (lines.length === 0) throw new EvaluationFailure(`${name} ne contient que des en-têtes : il n’y a aucune ligne.`);
		const seen = new Map<string, number>();
		const names = headers.map((header, index) => {
			const own = header || `colonne ${index + 1}`;
			const times = (seen.get(own) ?? 0) + 1;
			seen.set(own, times);
			return times === 1 ? own : `${own} (${times})`;
		});
		const cells = new Map(names.map((header, index) => [header, lines.map((line) => String(line.cells[index] ?? ''))]));
		return { name, headers: names, cells, rows: lines.length, source };
	} catch (error) {
		if (error instanceof Unreadable) throw new EvaluationFailure(`${name} : ${error.message}`);
		const code = (error as NodeJS.ErrnoException).code;
		if (code === 'ENOENT') throw new EvaluationFailure(`Le fichier ${path} n’existe pas.`);
		if (code === 'EACCES') throw new EvaluationFailure(`Le fichier ${path} ne peut pas être lu : accès refusé.`);
		throw error;
	}
}

export function columnOf({ name, headers, cells }: Columns, header: string): string[] {
	const found = cells.get(header);
	if (found) return found;
	throw new EvaluationFailure(`Le fichier ${name} n’a pas de colonne « ${header} ». Il a : ${list(headers)}.`);
}

/** Column names as `--drop` gives them, commas between; a name that has commas itself is known by the file. */
export function namesIn(asked: readonly string[], { headers }: Columns): string[] {
	return asked.flatMap((text) => (headers.includes(text) ? [text] : text.split(',').map((name) => name.trim()))).filter((name) => name !== '');
}

const isSame = (cell: string, value: string): boolean => cell.trim() === value.trim() || (toNumber(cell) !== null && toNumber(cell) === toNumber(value));

/** 1 where the target has the positive value, 0 elsewhere, null where it says nothing. */
function labelsOf(columns: Columns, target: string, positive: string): (0 | 1 | null)[] {
	const cells = columnOf(columns, target);
	const labels = cells.map((cell) => (isSame(cell, positive) ? 1 : isMissing(cell) ? null : 0));
	const has = (label: 0 | 1): boolean => labels.includes(label);
	if (has(0) && has(1)) return labels;
	const counts = new Map<string, number>();
	for (const cell of cells) counts.set(cell.trim(), (counts.get(cell.trim()) ?? 0) + 1);
	const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 8);
	const found = most.map(([value, count]) => `« ${value} » (${count.toLocaleString('fr-FR')})`).join(', ');
	if (has(1))
		throw new EvaluationFailure(
			`${columns.name} : toutes les lignes ont la même issue (« ${positive} » dans « ${target} »), il n’y a rien à apprendre ni à mesurer.`,
		);
	throw new EvaluationFailure(`${columns.name} : la colonne « ${target} » ne contient jamais « ${positive} ». On y trouve : ${found}.`);
}

export type Plan = { target: string; positive: string; time: string | null; drop: readonly string[] };
export type Schema = { readings: Map<string, Reading>; notes: string[] };

/** Which columns are facts and of what kind, found on the training file. */
export function schemaOf(train: Columns, { target, positive, time, drop }: Plan): Schema {
	for (const name of [target, ...(time ? [time] : []), ...drop]) columnOf(train, name);
	const facts = train.headers.filter((header) => header !== target && header !== time && !drop.includes(header));
	const readings = new Map(facts.map((header) => [header, readingOf(columnOf(train, header))]));
	const identifiers = facts.filter((header) => isIdentifier(header, columnOf(train, header), readings.get(header) as Reading));
	for (const header of identifiers) readings.delete(header);
	// A date alone says when, not why: what a model learns from the calendar is gone the year after.
	const dates = time ? [] : [...readings].filter(([, { kind }]) => kind === 'date').map(([header]) => header);
	for (const header of dates) readings.delete(header);
	if (readings.size === 0) throw new EvaluationFailure(`${train.name} : il ne reste aucune colonne dont apprendre.`);
	const notes = identifiers.length > 0 ? [`Colonnes écartées, car chaque ligne y a sa propre valeur : ${list(identifiers)}.`] : [];
	if (dates.length > 0) notes.push(`Dates écartées : ${list(dates)}. Avec --time, elles compteraient en jours avant la ligne.`);
	const others = new Set(
		columnOf(train, target)
			.map((cell) => cell.trim())
			.filter((cell) => !isMissing(cell) && !isSame(cell, positive)),
	);
	if (others.size > 1) notes.push(`Dans « ${target} », plusieurs valeurs comptent comme négatives : ${list([...others].slice(0, 6))}.`);
	return { readings, notes };
}

/** Moments of rows: dates, or any numbers that grow with time. */
function momentsOf(columns: Columns, time: string, rows: readonly number[]): { at: number[]; isDate: boolean } {
	const cells = columnOf(columns, time);
	for (const { read, isDate } of [
		{ read: (text: string) => toMs(text), isDate: true },
		{ read: (text: string) => toMs(text, true), isDate: true },
		{ read: toNumber, isDate: false },
	]) {
		const at = rows.map((row) => read(cells[row] ?? ''));
		if (at.every((moment) => moment !== null)) return { at, isDate };
	}
	const bad = rows.find((row) => toMs(cells[row] ?? '') === null && toNumber(cells[row] ?? '') === null) ?? rows[0] ?? 0;
	throw new EvaluationFailure(`${columns.name} : la colonne « ${time} » n’a pas de date lisible ligne ${bad + 2} (« ${cells[bad] ?? ''} »).`);
}

export type Read = { sample: Sample; isDated: boolean; withoutOutcome: number };

/** Facts and outcomes of one file; rows whose target is empty are left out. */
export function sampleOf(columns: Columns, { readings }: Schema, { target, positive, time }: Plan): Read {
	const all = labelsOf(columns, target, positive);
	const rows = all.flatMap((label, row) => (label === null ? [] : [row]));
	const moments = time ? momentsOf(columns, time, rows) : null;
	const fields: Field[] = [...readings].map(([name, { kind }]) => ({ name, kind }));
	const cellOf = (text: string, { read }: Reading): Cell => (isMissing(text) ? null : read(text));
	const data = [...readings].map(([name, reading]) => {
		const cells = columnOf(columns, name);
		return rows.map((row) => cellOf(cells[row] ?? '', reading));
	});
	const labels = Uint8Array.from(rows, (row) => all[row] ?? 0);
	return {
		sample: { table: { fields, columns: data, rows: rows.length, at: moments?.at }, labels },
		isDated: moments?.isDate ?? false,
		withoutOutcome: columns.rows - rows.length,
	};
}
