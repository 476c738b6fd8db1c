/** Id of the flow (seeds/70-flows-enrichment.yaml) that switches the background work of this room. */
export const flows = { sweep: '7a000000-0000-4000-8000-000000000003' } as const;
