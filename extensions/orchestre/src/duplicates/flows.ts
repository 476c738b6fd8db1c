/** Ids of the flows (seeds/65-flows-duplicates.yaml) that switch the searches of this room. */
export const flows = { check: '75000000-0000-4000-8000-000000000001', recheck: '75000000-0000-4000-8000-000000000002' } as const;
