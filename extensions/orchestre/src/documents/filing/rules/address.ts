import { collapse, shorten } from '../../../platform/text.ts';

export type Address = { street: string | null; postal_code: string | null; city: string | null };

/** The parts of an address as it stands on paper: what is before a French postal code, the code, the town after it. */
export function addressOf(text: string | null): Address {
	const none: Address = { street: null, postal_code: null, city: null };
	if (!text) return none;
	const lines = text
		.split(/[\n,;]+/)
		.map(collapse)
		.filter(Boolean);
	for (const [index, line] of lines.entries()) {
		const found = /^(.*?)\s*\b(?:F-?)?(\d{5})\s+(\p{L}[\p{L}\s'’.-]{1,80})/u.exec(line);
		if (!found) continue;
		const street = [...lines.slice(0, index), found[1] ?? ''].filter(Boolean).join(', ');
		return { street: street ? shorten(street, 255) : null, postal_code: found[2] ?? null, city: shorten(collapse(found[3] ?? ''), 255) || null };
	}
	return { ...none, street: shorten(collapse(text), 255) };
}
