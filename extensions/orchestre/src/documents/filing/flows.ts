/** Ids of the flows (seeds/78-flows-documents.yaml) that switch the work of this room, by their number in the list of automations. */
export const flows = {
	read: '78000000-0000-4000-8000-000000000040',
	review: '78000000-0000-4000-8000-000000000041',
	book: '78000000-0000-4000-8000-000000000043',
	sweep: '78000000-0000-4000-8000-000000000002',
} as const;
