import { z } from 'zod';

const values = z.record(z.string(), z.unknown());
const keys = z.array(z.union([z.string(), z.number()]));

/** `duplicate_pairs.merge`: all that taking a merge back needs. Values are as Directus's services give and take them. */
export const recordSchema = z.object({
	kept: z.string(),
	gone: z.string(),
	by: z.string(),
	/** Rows that point to the kept record now. */
	moved: z.array(z.object({ collection: z.string(), field: z.string(), primary: z.string(), keys })),
	/** Fields of the kept record that pointed to the other one, and point to nothing now. */
	cleared: z.array(z.string()),
	/** What was written into each record: what it was and what it is. */
	keptBefore: values,
	keptAfter: values,
	goneBefore: values,
	goneAfter: values,
	/** The same for columns that only the product writes. */
	carriedBefore: values,
	carriedAfter: values,
	/** Tasks of a lead that its closing cancelled. */
	cancelled: z.array(z.object({ id: z.string(), status: z.string() })),
});
export type MergeRecord = z.output<typeof recordSchema>;

/** How long a merge can be taken back. */
export const undoDays = 30;
export const isTooLate = (mergedAt: Date, now: Date): boolean => now.getTime() - mergedAt.getTime() > undoDays * 86_400_000;
