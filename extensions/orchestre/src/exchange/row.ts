import { isPostgres, parseJson, type Knex } from '../platform/directus.ts';
import type { ColumnReport, Fault, Ready, Target } from './rules/types.ts';

/**
 * checking → refused | running → done | cancelled; undoing → undone. `refused`: read, and nothing written; `failed`: the file cannot be
 * read at all, or something unforeseen happened.
 */
export type ImportState = 'checking' | 'refused' | 'running' | 'done' | 'cancelled' | 'undoing' | 'undone' | 'failed';

/** What an import says about itself; French sentences. */
export type Report = {
	/** Why the whole file cannot be used. */
	error?: string | null;
	/** What must be confirmed, whatever the option says. */
	warning?: string | null;
	source?: string;
	columns?: ColumnReport[];
	faults?: Fault[];
	faultCount?: number;
	/** Rows that an undo left alone, and why. */
	kept?: { row: number; item: string; reason: string }[];
	/** An undo that the import asked for itself: afterwards the file waits for a decision again. */
	takenBack?: boolean;
};

export type ImportRow = {
	id: string;
	name: string | null;
	file: string | null;
	target: Target;
	good_only: boolean;
	state: ImportState;
	round: number;
	parts: number;
	rows_total: number;
	rows_good: number;
	rows_bad: number;
	rows_done: number;
	rows_kept: number;
	checksum: string | null;
	report: Report;
	user_created: string | null;
};

/** Fifty rows of a file. `items`: keys of what was written, in the rows' order; null where a row was refused. */
export type PartRow = { id: string; import: string; number: number; state: 'waiting' | 'written' | 'undone'; rows: Ready[]; items: (string | null)[] };

const toImport = (row: Record<string, unknown>): ImportRow => ({
	...(row as ImportRow),
	good_only: Boolean(row['good_only']),
	report: parseJson<Report | null>(row['report']) ?? {},
});

/** The import as it stands; inside a transaction on PostgreSQL also locked, so that a part and a button wait for each other. */
export async function readImport(knex: Knex, id: string): Promise<ImportRow | null> {
	const query = knex('imports').where({ id }).first();
	const row = (await (knex.isTransaction && isPostgres(knex) ? query.forUpdate() : query)) as Record<string, unknown> | undefined;
	return row ? toImport(row) : null;
}

export const partId = (importId: string, number: number): string => `${importId}:${number}`;

export async function readPart(trx: Knex, importId: string, number: number): Promise<PartRow | null> {
	const row = (await trx('import_parts')
		.where({ id: partId(importId, number) })
		.first()) as Record<string, unknown> | undefined;
	return row ? ({ ...row, rows: parseJson(row['rows']) ?? [], items: parseJson(row['items']) ?? [] } as PartRow) : null;
}

/** Writes what changed; the report as JSON. */
export async function updateImport(knex: Knex, id: string, change: Partial<ImportRow>): Promise<void> {
	const { report, ...columns } = change;
	await knex('imports')
		.where({ id })
		.update({ ...columns, ...(report && { report: JSON.stringify(report) }) });
}

const mostFaults = 500;

/** A report with more faults; only the first hundreds are kept, all are counted. */
export const withFaults = (report: Report, faults: readonly Fault[]): Report => ({
	...report,
	faults: [...(report.faults ?? []), ...faults].slice(0, mostFaults),
	faultCount: (report.faultCount ?? 0) + faults.length,
});
