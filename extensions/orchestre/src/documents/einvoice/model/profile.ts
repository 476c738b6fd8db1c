import type { Profile } from './types.ts';

const everything = (name: string, extended = false): Profile => ({ name, level: 'lines', extended });

/** Ends of BT-24 by profile; of two that fit the first counts. */
const known: [RegExp, Profile][] = [
	[/minimum$/i, { name: 'MINIMUM', level: 'totals', extended: false }],
	[/basicwl$/i, { name: 'BASIC WL', level: 'shares', extended: false }],
	[/extended-ctc-fr/i, everything('EXTENDED-CTC-FR', true)],
	[/ferd:.*comfort$/i, everything('COMFORT')],
	[/extended/i, everything('EXTENDED', true)],
	[/ferd:.*basic$|basic$/i, everything('BASIC')],
	[/xrechnung/i, everything('XRECHNUNG')],
	[/peppol/i, everything('PEPPOL')],
	[/en16931(:2017)?$/i, everything('EN 16931')],
];

/** The profile that a specification identifier (BT-24) stands for; one that is not known here is held to the whole norm. */
export function profileOf(specification: string | null): Profile {
	const text = (specification ?? '').trim();
	return known.find(([pattern]) => pattern.test(text))?.[1] ?? everything(text.split(/[:#]/).at(-1) || 'EN 16931');
}
