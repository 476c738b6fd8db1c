/** Ids of the flows (seeds/64-flows-predictions.yaml) that switch the background work of this room; numbers are those of the list of automations. */
export const flows = {
	retrain: '74000000-0000-4000-8000-000000000010',
	refresh: '74000000-0000-4000-8000-000000000013',
	nightly: '74000000-0000-4000-8000-000000000001',
	trainNow: '74000000-0000-4000-8000-000000000002',
} as const;
