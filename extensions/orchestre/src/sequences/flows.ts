/** Ids of the flows (seeds/69-flows-sequences.yaml) that switch the background work of this room. */
export const flows = {
	start: '79000000-0000-4000-8000-000000000004',
	run: '79000000-0000-4000-8000-000000000005',
} as const;
