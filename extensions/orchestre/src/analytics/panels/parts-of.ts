import { parseJson } from '../../platform/directus.ts';
import type { Row } from '../../timeline/rules/types.ts';

/** What a figure is broken down by, from `performance.details` (analytics/kpis/run.ts): numerator, denominator and cases by part. */
export type Parts = Map<string, [number, number, number]>;

type Details = { parts?: Record<string, readonly [number, number, number]> } | null;

/** The parts of these rows of one KPI, added up. */
export function partsOf(rows: readonly Row[]): Parts {
	const parts: Parts = new Map();
	for (const { details } of rows)
		for (const [part, [numerator, denominator, cases]] of Object.entries(parseJson<Details>(details ?? null)?.parts ?? {})) {
			const known = parts.get(part) ?? [0, 0, 0];
			parts.set(part, [known[0] + Number(numerator), known[1] + Number(denominator), known[2] + Number(cases)]);
		}
	return parts;
}
