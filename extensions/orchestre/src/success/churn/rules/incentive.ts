/** A discount on the coming months, to be agreed to. Money in cents, `rate` in basis points. */
export type Incentive = { cents: number; rate: number; months: number; text: string };

const euros = (cents: number): string => (cents / 100).toLocaleString('fr-FR', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
const percent = (rate: number): string => `${(rate / 100).toLocaleString('fr-FR', { maximumFractionDigits: 2 })} %`;

/** What is offered to stay; null where nothing is set or nothing is paid. */
export function incentiveFor(mrrCents: number, { rate, months }: { rate: number; months: number }): Incentive | null {
	const cents = Math.round((mrrCents * months * rate) / 10_000);
	if (cents <= 0) return null;
	return { cents, rate, months, text: `Remise de ${percent(rate)} pendant ${months} mois, soit ${euros(cents)} HT` };
}

/** Whether a manager may agree to it; above, Direction does. */
export const isForManager = (cents: number | null, maxCents: number): boolean => (cents ?? 0) <= maxCents;

export const ruleText = (cents: number, maxCents: number): string =>
	isForManager(cents, maxCents) ? `Jusqu’à ${euros(maxCents)} : le manager décide` : `Au-dessus de ${euros(maxCents)} : la direction décide`;
