/** Id of the flow (seeds/76-flows-interactions.yaml) that switches the work of this room. */
export const flows = { understand: '76000000-0000-4000-8000-000000000055' } as const;
