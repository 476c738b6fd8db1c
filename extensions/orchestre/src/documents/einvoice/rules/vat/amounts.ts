import type { Message } from '../../../types.ts';
import type { Decimal } from '../../model/decimal.ts';
import { distance, fromWhole, ofCents, percentOf, sameCents, toCents, zero } from '../../model/decimal.ts';
import type { Invoice, TaxShare } from '../../model/types.ts';
import type { Finding } from '../types.ts';
import { finding, unless } from '../types.ts';
import { money, percent } from '../wording.ts';
import type { Category } from './categories.ts';
import { baseOf, countOf, partsOf, unitSlack } from './parts.ts';

function isRight(rate: Decimal | null, { rate: asked }: Category): boolean {
	if (asked === 'none') return rate === null;
	if (rate === null) return false;
	if (asked === 'zero') return rate === zero;
	return asked === 'positive' ? rate > zero : rate >= zero;
}

const rateWords: Record<Category['rate'], Message> = {
	positive: { fr: 'le taux doit être supérieur à zéro', en: 'the rate must be above zero' },
	any: { fr: 'le taux doit être indiqué et ne peut pas être négatif', en: 'the rate must be given and not be negative' },
	zero: { fr: 'le taux doit être de 0\u00a0%', en: 'the rate must be 0%' },
	none: { fr: 'aucun taux n’a à être indiqué', en: 'no rate may be given' },
};

/** Rules 05 to 07: the rate of lines, discounts or charges. */
export function rateFindings(parts: { rate: Decimal | null }[], category: Category, what: Message): Finding[] {
	const wrong = parts.find((one) => !isRight(one.rate, category));
	if (!wrong) return [];
	const given: Message = wrong.rate === null ? { fr: '', en: '' } : { fr: ` (ici ${percent(wrong.rate).fr})`, en: ` (here ${percent(wrong.rate).en})` };
	const { name, rate } = category;
	return [finding(`${what.fr}, ${name.fr}\u00a0: ${rateWords[rate].fr}${given.fr}.`, `${what.en}, ${name.en}: ${rateWords[rate].en}${given.en}.`, 'vat')];
}

const shareName = ({ rate }: TaxShare, { name }: Category): Message =>
	rate === null ? name : { fr: `${name.fr} à ${percent(rate).fr}`, en: `${name.en} at ${percent(rate).en}` };

/** Rule 08: the base of each share is what its lines, charges and discounts add up to; per rate, a whole unit may be lost to rounding. */
export function baseFindings(invoice: Invoice, category: Category): Finding[] {
	const parts = partsOf(invoice, category.code);
	const extended = invoice.profile.extended ? ofCents(Math.max(1, countOf(parts))) : zero;
	return parts.shares.flatMap((share) => {
		if (share.base === null) return [];
		const found = baseOf(parts, category.perRate ? share.rate : undefined);
		const gap = distance(share.base, found);
		if (sameCents(share.base, found) || gap <= extended || (category.perRate && gap < fromWhole(1))) return [];
		const name = shareName(share, category);
		const [base, sum] = [money(share.base, invoice), money(found, invoice)];
		return [
			finding(
				`TVA ${name.fr}\u00a0: la base est de ${base.fr}, mais les lignes, frais et remises qui en relèvent donnent ${sum.fr} (${money(gap, invoice).fr} d’écart).`,
				`VAT ${name.en}: the base is ${base.en}, but its lines, charges and discounts add up to ${sum.en} (${money(gap, invoice).en} apart).`,
				'net',
				'vat',
			),
		];
	});
}

/** Rule 09: the VAT of each share is base × rate, or nothing where none is charged. */
export function vatFindings(invoice: Invoice, category: Category): Finding[] {
	return partsOf(invoice, category.code).shares.flatMap((share) => {
		if (share.vat === null) return [];
		const name = shareName(share, category);
		const found = category.perRate && share.base !== null ? toCents(percentOf(share.base, share.rate ?? zero)) : zero;
		const isOff = category.perRate ? share.base !== null && distance(share.vat, found) > unitSlack(invoice) : share.vat !== zero;
		return unless(
			!isOff,
			`TVA ${name.fr}\u00a0: elle est de ${money(share.vat, invoice).fr} et devrait être de ${money(found, invoice).fr}.`,
			`VAT ${name.en}: it is ${money(share.vat, invoice).en} and should be ${money(found, invoice).en}.`,
			'vat',
		);
	});
}

/** Rule 10: why no VAT is charged is said where it is needed, and only there. */
export function reasonFindings(invoice: Invoice, category: Category): Finding[] {
	const { name, reason } = category;
	// The extended profile carries other remarks there (EXT-FR-FE-178: the deposit that a line settles).
	if (reason === 'forbidden' && invoice.profile.extended) return [];
	return partsOf(invoice, category.code).shares.flatMap((share) => {
		const has = Boolean(share.reason || share.reasonCode);
		return reason === 'needed'
			? unless(
					has,
					`TVA ${name.fr}\u00a0: il manque le motif légal pour lequel elle n’est pas facturée.`,
					`VAT ${name.en}: the legal reason is missing.`,
					'vat',
				)
			: unless(!has, `TVA ${name.fr}\u00a0: un motif d’exonération est indiqué, mais la TVA est due.`, `VAT ${name.en}: an exemption reason is given.`, 'vat');
	});
}
