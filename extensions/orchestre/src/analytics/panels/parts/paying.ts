/** Directus's filter of subscriptions that bring something in, as they stand: what recurring revenue counts. */
export const paying: object[] = [{ status: { _in: ['active', 'cancelled'] } }, { currency: { _eq: 'EUR' } }, { mrr_cents: { _gt: 0 } }];
