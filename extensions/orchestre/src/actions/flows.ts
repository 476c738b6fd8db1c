/** Ids of the flows (seeds/75-flows-actions.yaml) that switch the background work of this room. */
export const flows = {
	prepare: 'ac750000-0000-4000-8000-000000000001',
	refresh: 'ac750000-0000-4000-8000-000000000002',
} as const;
