/** Ids of the flows (seeds/72-flows-success.yaml) that switch the background work of this room; they end with the numbers of the list of automations. */
export const flows = {
	health: '81000000-0000-4000-8000-000000000022',
	sla: '81000000-0000-4000-8000-000000000028',
} as const;
