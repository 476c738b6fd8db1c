/** Directus's filter of subscriptions that bring something in, as they stand: what recurring revenue counts. */
export const paying: object[] = [{ status: { _in: ['active', 'cancelled'] } }, { currency: { _eq: 'EUR' } }, { mrr_cents: { _gt: 0 } }];

/** Of payments that moved money in euros. What was refunded came in only where the refund that went out is there, too. */
export const moved: object[] = [
	{ currency: { _eq: 'EUR' } },
	{ _or: [{ status: { _eq: 'received' } }, { _and: [{ status: { _eq: 'refunded' } }, { refunds: { _some: { status: { _eq: 'received' } } } }] }] },
];
