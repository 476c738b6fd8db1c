/** Ids of the flows (seeds/73-flows-churn.yaml) that switch this room's background work; they end with the numbers of the list of automations. */
export const flows = {
	predict: '7d000000-0000-4000-8000-000000000023',
	retain: '7d000000-0000-4000-8000-000000000024',
} as const;
