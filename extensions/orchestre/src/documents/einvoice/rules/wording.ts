import { collapse, shorten } from '../../../platform/text.ts';
import type { Decimal } from '../model/decimal.ts';
import { plain } from '../model/decimal.ts';
import type { Adjustment, Invoice, Line } from '../model/types.ts';

type Words = { fr: string; en: string };

const numbers = {
	fr: new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 8 }),
	en: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 8 }),
};
const rates = {
	fr: new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 4 }),
	en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 }),
};

/** `1 234,56 €`; another currency, or none, by its code. */
export function money(value: Decimal, invoice: Pick<Invoice, 'currency'>): Words {
	const unit = invoice.currency === null ? '' : `\u00a0${invoice.currency === 'EUR' ? '€' : invoice.currency}`;
	return { fr: numbers.fr.format(plain(value)) + unit, en: numbers.en.format(plain(value)) + unit };
}

/** `20 %` and `20%`. */
export const percent = (rate: Decimal): Words => ({ fr: `${rates.fr.format(plain(rate))}\u00a0%`, en: `${rates.en.format(plain(rate))}%` });

const short = (text: string): string => shorten(collapse(text), 40);

/** `ligne 3 (« Câble »)`: by what stands on the invoice, else by its place. */
export function lineName(line: Line, index: number): Words {
	const id = line.id ?? String(index + 1);
	const name = line.name && short(line.name);
	return { fr: `ligne ${id}${name ? ` («\u00a0${name}\u00a0»)` : ''}`, en: `line ${id}${name ? ` (“${name}”)` : ''}` };
}

/** `la remise « Fidélité »`. */
export function adjustmentName(one: Adjustment): Words {
	const reason = one.reason && short(one.reason);
	return {
		fr: `${one.charge ? 'les frais' : 'la remise'}${reason ? ` «\u00a0${reason}\u00a0»` : ''}`,
		en: `the ${one.charge ? 'charge' : 'discount'}${reason ? ` “${reason}”` : ''}`,
	};
}

/** With a capital, to begin a sentence. */
export const begin = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
