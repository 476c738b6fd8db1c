import type { Enrichment, Provenance, Source, Values } from './types.ts';

/**
 * Of what a source says: what is to be written, and its provenance. A value of a person stays, and so does a field that a person
 * emptied after us; what we wrote ourselves and nobody has changed may be brought up to date.
 */
export function fill(
	row: Readonly<Record<string, unknown>>,
	found: Values,
	before: Enrichment | null,
	source: Source,
	at: string,
	details: Readonly<Record<string, string>> = {},
): { write: Values; fields: Record<string, Provenance> } {
	const write: Values = {};
	const fields: Record<string, Provenance> = { ...before?.fields };
	for (const [field, value] of Object.entries(found)) {
		const current = row[field] ?? null;
		const ours = before?.fields[field];
		const isEmpty = current === null || current === '';
		const mayWrite = isEmpty ? !ours : ours !== undefined && String(current) === String(ours.value) && ours.source === source;
		if (!mayWrite || (!isEmpty && String(current) === String(value))) continue;
		write[field] = value;
		fields[field] = { source, value, at, ...(details[field] && { detail: details[field] }) };
	}
	return { write, fields };
}
