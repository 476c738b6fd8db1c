/** Ids of the flows (seeds/50-flows-leads.yaml) that switch the background work of this room. */
export const flows = {
	announce: '6f000000-0000-4000-8000-000000000001',
	gradeChanged: '6f000000-0000-4000-8000-000000000002',
	escalate: '6f000000-0000-4000-8000-000000000006',
	decay: '6f000000-0000-4000-8000-000000000007',
	flagDuplicates: '6f000000-0000-4000-8000-000000000008',
} as const;
