import { z } from 'zod';

const values = z.record(z.string(), z.unknown());
/** Values that were written into a row that was there, to be taken out again while nobody has changed them. */
const filled = z.object({ collection: z.enum(['companies', 'people']), id: z.string(), values });
/** Rows that went along: `set` is what was written, `before` what was there. */
const moved = z.object({ collection: z.enum(['interactions', 'planning', 'tasks']), id: z.string(), set: values, before: values });

/** `leads.conversion`: all that taking a conversion back needs. Written by the conversion alone, or an undo would delete anything. */
export const recordSchema = z.object({
	by: z.string(),
	from: z.object({ status: z.string(), company: z.string().nullable(), person: z.string().nullable() }),
	to: z.object({ company: z.string(), person: z.string().nullable(), opportunity: z.string() }),
	created: z.array(z.enum(['company', 'person', 'opportunity', 'contact'])),
	contact: z.string().nullable(),
	filled: z.array(filled),
	moved: z.array(moved),
	cancelled: z.array(z.object({ id: z.string(), status: z.string() })),
});
export type ConversionRecord = z.output<typeof recordSchema>;

/** How long a conversion can be taken back. */
export const undoDays = 30;
export const isTooLate = (convertedAt: Date, now: Date): boolean => now.getTime() - convertedAt.getTime() > undoDays * 86_400_000;
