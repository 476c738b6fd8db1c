/** Ids of the flows (seeds/79-flows-kpis.yaml) that switch the work on figures; they end with the numbers of the list of automations. */
export const flows = {
	compute: '6f000000-0000-4000-8000-000000000048',
	warn: '6f000000-0000-4000-8000-000000000050',
} as const;
