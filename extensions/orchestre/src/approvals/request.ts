import type { Asked } from './rules/limits.ts';

/** A row of `validation`. */
export type Request = {
	id: string;
	title: string;
	status: string;
	kind: string;
	requester: string | null;
	approver: string | null;
	team: string | null;
	deadline: unknown;
	amount_cents: number | string | null;
	discount_rate: number | string | null;
	reason: string | null;
	comment: string | null;
	decided_at: unknown;
	company: string | null;
};

const numberOf = (value: number | string | null): number | null => (value === null ? null : Number(value));

/** What decides who decides. An invoice without an amount is one in another currency: people may not leave it out. */
export const askedOf = ({ kind, amount_cents, discount_rate }: Request): Asked => ({
	cents: numberOf(amount_cents),
	rate: numberOf(discount_rate),
	isForeign: kind === 'purchase_invoice' && amount_cents === null,
});
