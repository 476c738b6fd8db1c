/** Ids of the flows (seeds/74-flows-growth.yaml) of growth and renewals; numbers of the list of automations. */
export const flows = {
	upsell: '7e000000-0000-4000-8000-000000000025',
	renewals: '7e000000-0000-4000-8000-000000000026',
	contracts: '7e000000-0000-4000-8000-000000000042',
} as const;
