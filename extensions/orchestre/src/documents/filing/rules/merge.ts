import { toE164 } from '../../../platform/input/phone.ts';
import { fold } from '../../../platform/text.ts';

/** A field that a card and a record both have, and differently. */
export type Difference = { field: string; label: string; kept: string; found: string };

const phones = new Set(['phone', 'mobile']);

/** Two spellings of one value: case and accents for words, the number for telephones. */
function same(field: string, a: string, b: string): boolean {
	if (!phones.has(field)) return fold(a).trim() === fold(b).trim();
	const [one, other] = [toE164(a, 'FR')?.number ?? a, toE164(b, 'FR')?.number ?? b];
	return one === other;
}

/** What of `found` goes into empty fields of `row`, and where the two differ: what is there stays. */
export function mergeInto(
	row: Readonly<Record<string, unknown>>,
	found: Readonly<Record<string, string | null>>,
	labels: Readonly<Record<string, string>>,
): { fill: Record<string, string>; differences: Difference[] } {
	const fill: Record<string, string> = {};
	const differences: Difference[] = [];
	for (const [field, value] of Object.entries(found)) {
		if (!value) continue;
		const kept = row[field];
		if (kept === null || kept === undefined || kept === '') fill[field] = value;
		else if (!same(field, String(kept), value)) differences.push({ field, label: labels[field] ?? field, kept: String(kept), found: value });
	}
	return { fill, differences };
}
