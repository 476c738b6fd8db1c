import type { AmountUnit } from '../../platform/amount.ts';

/** Collections that files can be imported into. */
export const targets = ['leads', 'companies', 'people'] as const;
export type Target = (typeof targets)[number];
export const isTarget = (name: unknown): name is Target => targets.some((target) => target === name);

/** One cell as a reader found it. Dates of a workbook come as ISO text; `nested`: an object within JSON. */
export type Cell = string | number | boolean | null | { nested: true };

/** A record with the number that a spreadsheet shows for it (the header is row 1). */
export type Line = { row: number; cells: readonly Cell[] };

export type Table = { headers: readonly string[]; headerRow: number; lines: readonly Line[]; source: string };

export type FieldKind = 'text' | 'choice' | 'amount' | 'integer' | 'boolean' | 'date' | 'moment' | 'list' | 'reference' | 'country';

/** A field that a column can fill, as the form knows it today. */
export type FieldPlan = {
	field: string;
	label: string;
	kind: FieldKind;
	/** Other names by which a header may call it; the field's own name is known anyway. */
	names: readonly string[];
	unit?: AmountUnit;
	choices?: readonly { value: string; label: string; names: readonly string[] }[];
	/** Collection of a reference. */
	to?: string;
	unique?: boolean;
	required?: boolean;
	/** Characters that the column holds. */
	max?: number;
	/** The form's own check: a Directus filter, and what it says. */
	rule?: Record<string, unknown>;
	message?: string;
	/** The person who imports may set it. */
	allowed: boolean;
};

/** All that the check needs to know of the collection: plain data, so that it can go to another thread. */
export type Plan = {
	target: Target;
	fields: readonly FieldPlan[];
	/** Columns of an export that nobody can set: what the product computes. Named by header. */
	computed: readonly { label: string; names: readonly string[] }[];
};

/** What is wrong where. `row` is the spreadsheet's; `column` its header; `value` what stood there, shortened. */
export type Fault = { row: number; column: string; value: string; message: string };

/** How a column was understood; `field` null: left out, and `hint` says why. */
export type ColumnReport = { column: string; field: string | null; label: string | null; hint: string | null };

/** A row that can be written: what the API gets. */
export type Ready = { row: number; payload: Record<string, unknown> };
