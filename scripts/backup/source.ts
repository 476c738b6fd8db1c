import type { Table } from './manifest.ts';

/** A value as it stands in an archive: text, number, nothing, or bytes. PostgreSQL's are all text or nothing. */
export type Value = string | number | null | { b64: string };

/** SQL in two parts: what makes the tables, and what comes once they are filled (indexes, triggers, foreign keys, counters). */
export type SchemaScript = { before: string[]; after: string[] };

/** A database at one moment: whatever is written meanwhile is not seen. */
export type Source = {
	vendor: 'sqlite' | 'postgres';
	version: string;
	schema: SchemaScript;
	tables: Table[];
	/** Some rows at a time, in the order of the columns. */
	rows: (table: Table) => AsyncIterable<Value[][]>;
	/** French sentences on what is in the database and not in the backup. */
	notes: string[];
	close: () => Promise<void>;
};

/** Where a backup is read back to. Nobody sees anything of it before `commit`; `rollback` leaves all as it was. */
export type Target = {
	vendor: 'sqlite' | 'postgres';
	/** Whether there is something that a restore would replace. */
	isEmpty: () => Promise<boolean>;
	/** Begins beside what is there. */
	begin: () => Promise<void>;
	run: (statements: readonly string[]) => Promise<void>;
	insert: (table: Table, rows: readonly Value[][]) => Promise<void>;
	count: (table: Table) => Promise<number>;
	/** Puts the new in the place of the old; says in French where the old is kept, or null when there was none. */
	commit: () => Promise<string | null>;
	rollback: () => Promise<void>;
};

/** `"name"`, as both databases quote it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `insert into … values (?, …), …` for so many rows. */
export function insertStatement({ name, columns }: Table, rows: number): string {
	const row = `(${columns.map(() => '?').join(', ')})`;
	return `insert into ${quoted(name)} (${columns.map((column) => quoted(column.name)).join(', ')}) values ${Array.from({ length: rows }, () => row).join(', ')}`;
}

/** Rows for one statement, below the databases' limits of variables. */
export const rowsPerStatement = ({ columns }: Table): number => Math.max(1, Math.floor(8000 / Math.max(1, columns.length)));
