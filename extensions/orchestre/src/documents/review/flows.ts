/** Ids of this room's flows (seeds/78-flows-documents-review.yaml). */
export const flows = { refit: '78000000-0000-4000-8000-000000000003' } as const;
