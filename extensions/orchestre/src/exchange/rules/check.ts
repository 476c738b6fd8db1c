import { cleanCompany } from '../../contacts/rules/companies.ts';
import { cleanPerson } from '../../contacts/rules/people.ts';
import { normaliseLeadInput } from '../../leads/rules/normalise.ts';
import { quoted, type Cleaned } from '../../platform/input/fields.ts';
import { longerThan } from '../../platform/text.ts';
import { compileFilter } from './filter.ts';
import { readHeaders, type Column } from './headers.ts';
import type { Cell, ColumnReport, Fault, FieldPlan, Line, Plan, Ready, Table, Target } from './types.ts';
import { convert } from './values.ts';

const cleaners: Record<Target, (payload: Record<string, unknown>) => Cleaned> = {
	leads: (payload) => normaliseLeadInput(payload),
	companies: (payload) => cleanCompany(payload, null),
	people: (payload) => cleanPerson(payload, null),
};

/** What only the database knows, asked once for the whole file. */
export type Questions = {
	/** Field → words by which rows of its collection are meant. */
	references: Record<string, string[]>;
	/** Field → values that must not be there yet. */
	uniques: Record<string, string[]>;
};

/** `references`: field → words → key, or why there is none. `taken`: field → values that exist already. */
export type Answers = { references: Record<string, Record<string, { id: string } | { fault: string }>>; taken: Record<string, string[]> };

type Draft = { line: Line; payload: Record<string, unknown>; lookups: { column: Filled; words: string }[]; faults: Fault[] };
type Filled = Column & { field: FieldPlan };

/** `isHopeless`: what the header lacks no row can have, so that none of them is good. */
export type Checked = { columns: ColumnReport[]; headerFaults: Fault[]; isHopeless: boolean; drafts: Draft[]; questions: Questions; filled: Filled[] };

const shown = (cell: Cell | undefined): string => (cell === null || cell === undefined || typeof cell === 'object' ? '' : quoted(String(cell)));
const isBlank = (cell: Cell | undefined): boolean => cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** First pass: everything that the file alone can tell. */
export function checkTable(plan: Plan, table: Table): Checked {
	const isEmpty = (index: number): boolean => table.lines.every(({ cells }) => isBlank(cells[index]));
	const { columns, reports, faults } = readHeaders(plan, table.headers, table.headerRow, isEmpty);
	const filled = columns.filter((column): column is Filled => column.field !== null);
	const given = new Set(filled.map(({ field }) => field.field));
	const missing = plan.fields.filter(({ field, required }) => required && !given.has(field));
	const headerFaults = [
		...faults,
		...missing.map(({ label }) => ({
			row: table.headerRow,
			column: label,
			value: '',
			message: `La colonne « ${label} » est obligatoire et manque dans le fichier.`,
		})),
		...(filled.length === 0 ? [{ row: table.headerRow, column: '', value: '', message: 'Aucun en-tête ne correspond à un champ.' }] : []),
	];
	const rules = new Map(filled.flatMap(({ field }) => (field.rule ? [[field.field, compileFilter(field.rule)] as const] : [])));
	const drafts = table.lines.map((line) => draftOf(plan, line, filled, rules));
	return { columns: reports, headerFaults, isHopeless: missing.length > 0 || filled.length === 0, drafts, filled, questions: questionsOf(drafts, filled) };
}

function draftOf(plan: Plan, line: Line, filled: readonly Filled[], rules: ReadonlyMap<string, (payload: Record<string, unknown>) => boolean>): Draft {
	const draft: Draft = { line, payload: {}, lookups: [], faults: [] };
	const columnOf = (name: string): Filled | undefined => filled.find(({ field }) => field.field === name);
	const blame = (column: Filled | undefined, message: string): void => {
		draft.faults.push({ row: line.row, column: column?.header ?? '', value: column ? shown(line.cells[column.index]) : '', message });
	};
	for (const column of filled) {
		const converted = convert(column.field, line.cells[column.index] ?? null, column.raw);
		if ('fault' in converted) blame(column, converted.fault);
		else if ('lookup' in converted) draft.lookups.push({ column, words: converted.lookup });
		else if (converted.value !== undefined) draft.payload[column.field.field] = converted.value;
		else if (column.field.required) blame(column, `« ${column.field.label} » est obligatoire.`);
	}
	const { values, faults } = cleaners[plan.target](draft.payload);
	for (const { field, message } of faults) blame(columnOf(field), message);
	const wrong = new Set(faults.map(({ field }) => field));
	for (const [field, value] of Object.entries(values)) if (value !== null && field in draft.payload) draft.payload[field] = value;
	for (const column of filled) {
		const { field, max, label } = column.field;
		const value = draft.payload[field];
		if (max && typeof value === 'string' && !wrong.has(field) && longerThan(value, max)) blame(column, `« ${label} » dépasse ${max} caractères.`);
	}
	for (const [field, passes] of rules) {
		if (!(field in draft.payload) || wrong.has(field) || passes({ [field]: draft.payload[field] })) continue;
		const column = columnOf(field);
		blame(column, column?.field.message ?? `« ${column?.field.label ?? field} » n’est pas valide.`);
	}
	return draft;
}

function questionsOf(drafts: readonly Draft[], filled: readonly Filled[]): Questions {
	const references: Record<string, Set<string>> = {};
	const uniques: Record<string, Set<string>> = {};
	for (const { field } of filled) {
		if (field.kind === 'reference') references[field.field] = new Set();
		if (field.unique) uniques[field.field] = new Set();
	}
	for (const { payload, lookups } of drafts) {
		for (const { column, words } of lookups) references[column.field.field]?.add(words);
		for (const [field, values] of Object.entries(uniques)) if (payload[field] !== undefined) values.add(String(payload[field]));
	}
	const lists = (sets: Record<string, Set<string>>): Record<string, string[]> =>
		Object.fromEntries(Object.entries(sets).map(([field, set]) => [field, [...set]]));
	return { references: lists(references), uniques: lists(uniques) };
}

/** Second pass: references become keys, and what must be unique is. Rows with a fault are not ready; nothing else leaves a row out. */
export function settle({ drafts, filled, isHopeless }: Checked, answers: Answers): { ready: Ready[]; faults: Fault[]; bad: number } {
	const taken = Object.fromEntries(Object.entries(answers.taken).map(([field, values]) => [field, new Set(values)]));
	const firstRow = new Map<string, number>();
	const ready: Ready[] = [];
	const faults: Fault[] = [];
	let bad = 0;
	for (const { line, payload, lookups, faults: own } of drafts) {
		for (const { column, words } of lookups) {
			const answer = answers.references[column.field.field]?.[words];
			if (answer && 'id' in answer) payload[column.field.field] = answer.id;
			else
				own.push({
					row: line.row,
					column: column.header,
					value: quoted(words),
					message: answer?.fault ?? `« ${column.field.label} » : « ${quoted(words)} » est introuvable.`,
				});
		}
		for (const column of filled) {
			if (!column.field.unique || payload[column.field.field] === undefined) continue;
			const value = String(payload[column.field.field]);
			const key = `${column.field.field} ${value}`;
			const first = firstRow.get(key);
			const fault = taken[column.field.field]?.has(value)
				? `« ${column.field.label} » : « ${quoted(value)} » existe déjà dans Orchestre.`
				: first
					? `« ${column.field.label} » : « ${quoted(value)} » est déjà à la ligne ${first} du fichier.`
					: null;
			if (fault) own.push({ row: line.row, column: column.header, value: quoted(value), message: fault });
			else firstRow.set(key, line.row);
		}
		if (isHopeless || own.length > 0) bad += 1;
		else ready.push({ row: line.row, payload });
		faults.push(...own);
	}
	return { ready, faults, bad };
}
