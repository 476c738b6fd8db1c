import { dayOf } from '../../../platform/time/paris.ts';
import type { Decimal } from '../model/decimal.ts';
import { toDecimal } from '../model/decimal.ts';
import type { Identifier, Period, Unreadable } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import { at, textAt } from '../xml/tree.ts';

/** Formats 610 and 616 of UNTDID 2379 are a month and a week: right, and no day. */
const isCoarse = ({ attributes, children }: Element): boolean => /^61[06]$/.test(children[0]?.attributes.format ?? attributes.format ?? '');

/** Reads numbers and dates out of elements and keeps those that are none: they are told, not guessed. */
export class Values {
	readonly unreadable: Unreadable[] = [];
	readonly currencies = new Set<string>();

	number(parent: Element | null | undefined, ...path: string[]): Decimal | null {
		return this.numberOf(at(parent, ...path));
	}

	numberOf(element: Element | null): Decimal | null {
		if (!element?.text) return null;
		if (element.attributes.currencyID) this.currencies.add(element.attributes.currencyID);
		const value = toDecimal(element.text);
		if (value === null) this.unreadable.push({ kind: 'number', element: element.name, text: element.text.slice(0, 40) });
		return value;
	}

	/** `20261122` and what follows it (CII, formats 102 and 203) or `2026-11-22` (UBL, some CII). */
	date(parent: Element | null | undefined, ...path: string[]): string | null {
		const element = at(parent, ...path);
		// CII wraps the words in a DateTimeString, DateString or DateTime.
		const words = element?.text || element?.children[0]?.text;
		if (!words || !element || isCoarse(element)) return null;
		const parts = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d$)/.exec(words);
		const iso = parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : null;
		if (iso && dayOf(iso) !== null) return iso;
		this.unreadable.push({ kind: 'date', element: element.name, text: words.slice(0, 40) });
		return null;
	}

	period(element: Element | null, from: string, to: string): Period | null {
		return element ? { from: this.date(element, from), to: this.date(element, to) } : null;
	}
}

/** An identifier with its scheme (`0002` for a SIREN, `0088` for a GLN …); an empty one that names a scheme is kept, for the code lists. */
export function identifier(element: Element | null | undefined): Identifier | null {
	const scheme = element?.attributes.schemeID || element?.attributes.listID || null;
	return element && (element.text || scheme) ? { value: element.text, scheme } : null;
}

export const presentTexts = (parent: Element | null, ...names: string[]): string[] => names.flatMap((name) => textAt(parent, name) ?? []);
