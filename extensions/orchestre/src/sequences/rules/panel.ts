import type { Channel, RunState, StopReason } from './types.ts';

/** What the panels in the app are told: the shapes of the room's answers. Moments as ISO text. */

export type Overview = {
	runs: {
		id: string;
		name: string;
		state: RunState;
		reason: StopReason | null;
		note: string | null;
		step: number;
		steps: number;
		next: { channel: Channel; title: string | null; at: string | null } | null;
		startedAt: string;
		endedAt: string | null;
		done: { position: number; channel: Channel; state: string; subject: string | null; at: string; note: string | null }[];
	}[];
	/** Active sequences that could be started here. */
	available: { id: string; name: string; description: string | null }[];
	/** Whether this caller may start and stop. */
	mayAct: boolean;
	/** Why no e-mail goes out; null when mail is set up. */
	mail: string | null;
};

export type Preview = {
	name: string;
	subject: string;
	text: string;
	html: string;
	/** French names of the values that this person lacks. */
	missing: string[];
	/** French; what the author must mend. */
	faults: string[];
	/** Why this person would not get it; null when they would. */
	consent: string | null;
};
