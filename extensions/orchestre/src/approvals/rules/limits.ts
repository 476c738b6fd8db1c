import { roundEuros } from '../../platform/amount.ts';

/** What is asked for: money in cents of a euro, a discount in basis points. `isForeign`: the money is in another currency, and unknown in euros. */
export type Asked = { cents: number | null; rate: number | null; isForeign?: boolean };

/** Up to where a manager decides, of both. */
export type Limits = { maxCents: number; maxRate: number };

export const percent = (rate: number): string => `${(rate / 100).toLocaleString('fr-FR', { maximumFractionDigits: 2 })} %`;

/** Whether a manager may agree to it: neither the amount nor the discount is above the limits. */
export const isForManager = ({ cents, rate, isForeign = false }: Asked, { maxCents, maxRate }: Limits): boolean =>
	!isForeign && (cents ?? 0) <= maxCents && (rate ?? 0) <= maxRate;

/** The rule that was applied, in words. */
export function ruleText({ cents, rate, isForeign = false }: Asked, { maxCents, maxRate }: Limits): string {
	if (isForeign) return 'Montant dans une autre devise que l’euro : la direction décide';
	if ((cents ?? 0) > maxCents) return `Au-dessus de ${roundEuros(maxCents)} : la direction décide`;
	if ((rate ?? 0) > maxRate) return `Au-dessus de ${percent(maxRate)} de remise : la direction décide`;
	return rate === null
		? `Jusqu’à ${roundEuros(maxCents)} : le manager décide`
		: `Jusqu’à ${roundEuros(maxCents)} et ${percent(maxRate)} de remise : le manager décide`;
}
