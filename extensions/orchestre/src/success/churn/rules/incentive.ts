import { roundEuros } from '../../../platform/amount.ts';
import { percent } from '../../../approvals/rules/limits.ts';

/** A discount on the coming months, to be agreed to. Money in cents, `rate` in basis points. */
export type Incentive = { cents: number; rate: number; months: number; text: string };

/** What is offered to stay; null where nothing is set or nothing is paid. */
export function incentiveFor(mrrCents: number, { rate, months }: { rate: number; months: number }): Incentive | null {
	const cents = Math.round((mrrCents * months * rate) / 10_000);
	if (cents <= 0) return null;
	return { cents, rate, months, text: `Remise de ${percent(rate)} pendant ${months} mois, soit ${roundEuros(cents)} HT` };
}
