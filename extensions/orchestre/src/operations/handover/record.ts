import { z } from 'zod';

/** One row as it was moved: what an undo needs to know. `state`: how far it had come then. */
export type Move = { id: string; fromTeam: string | null; to: string | null; toTeam: string | null; state: string | null };

const move = z.object({
	id: z.string(),
	fromTeam: z.string().nullable(),
	to: z.string().nullable(),
	toTeam: z.string().nullable(),
	state: z.string().nullable(),
});

/** `moved` of a row of `handovers`: moves by holding (`leads.owner`). */
export const movedSchema = z.object({ stoppedLeads: z.boolean(), moves: z.record(z.string(), z.array(move)) });
export type Moved = z.output<typeof movedSchema>;

/** Why an undo leaves a row alone. */
export type Reason = 'gone' | 'taken' | 'advanced';
export type Current = { user: string | null; state: string | null };

/** Whether a moved row goes back: only as long as nobody has moved it on, and it has not come further in its new hands. */
export function reasonToLeave({ to, state }: Move, now: Current | undefined): Reason | null {
	if (!now) return 'gone';
	if (now.user !== to) return 'taken';
	return now.state === state ? null : 'advanced';
}
