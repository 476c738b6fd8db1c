/** Ids of the flows (seeds/67-flows-pipeline.yaml) that switch the background work on deals; numbers of the list of automations. */
export const flows = {
	check: '6f000000-0000-4000-8000-000000000011',
	act: '6f000000-0000-4000-8000-000000000012',
	pushed: '6f000000-0000-4000-8000-000000000014',
	nextStep: '6f000000-0000-4000-8000-000000000015',
	won: '6f000000-0000-4000-8000-000000000017',
	lost: '6f000000-0000-4000-8000-000000000018',
} as const;
