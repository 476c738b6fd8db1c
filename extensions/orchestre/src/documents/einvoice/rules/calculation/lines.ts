import { distance, ofCents, over, times, zero } from '../../model/decimal.ts';
import type { Line } from '../../model/types.ts';
import type { Rule } from '../types.ts';
import { finding, rulesOf } from '../types.ts';
import { begin, lineName, money } from '../wording.ts';

const rule = rulesOf('calculation', { severity: 'warning' });

/** Quantity × price (for so many units), plus the line's charges, less its discounts; null when a part is missing. */
function expected({ quantity, price, priceFor, adjustments }: Line): bigint | null {
	if (quantity === null || price === null) return null;
	const goods = times(quantity, price);
	const perUnit = priceFor !== null && priceFor !== zero ? over(goods, priceFor) : goods;
	return adjustments.reduce((sum, { charge, amount }) => sum + (charge ? (amount ?? zero) : -(amount ?? zero)), perUnit);
}

/**
 * Peppol's rule, with its two cents for prices that were rounded. EN 16931 itself never multiplies, and many of its own examples would
 * fail (discounts within the price, prices without a sign): it warns.
 */
export const lineAmounts: Rule[] = [
	rule('PEPPOL-EN16931-R120', (invoice) =>
		invoice.lines.flatMap((line, index) => {
			const found = expected(line);
			if (line.isGroup || line.net === null || found === null || distance(line.net, found) <= ofCents(2)) return [];
			const [name, net, right] = [lineName(line, index), money(line.net, invoice), money(found, invoice)];
			return [
				finding(
					`${begin(name.fr)}\u00a0: quantité × prix donne ${right.fr}, mais la ligne est de ${net.fr}.`,
					`${begin(name.en)}: quantity × price is ${right.en}, but the line is ${net.en}.`,
					'net',
				),
			];
		}),
	),
];
