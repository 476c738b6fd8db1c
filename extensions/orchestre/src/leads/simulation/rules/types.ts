import type { Person } from '../../people.ts';
import type { AssignedLead } from '../../rules/candidates.ts';
import type { Assignment, LeadSettings } from '../../rules/types.ts';

/** The settings that can be tried; the rest stay as they are. Weights from 0 to 100, the share in basis points. */
export const triedFields = ['weight_load', 'weight_expertise', 'weight_performance', 'weight_availability', 'newcomer_share'] as const;
export type TriedField = (typeof triedFields)[number];
export type Tried = Pick<LeadSettings, TriedField>;

/** A lead as it arrived. `endedAt`: when it stopped asking for work; null while it does. */
export type PastLead = {
	id: string;
	arrivedAt: Date;
	endedAt: Date | null;
	traits: AssignedLead;
	dueAt: Date | null;
	accountOwner: string | null;
	/** Set by a person as the lead arrived: kept in every replay. */
	fixedOwner: string | null;
	/** Who had it by an automatic decision taken as it arrived; null where that is not known. */
	decidedOwner: string | null;
	/** Who has it today. */
	owner: string | null;
	/** Whether the first contact came in time; null where that is open or unknown. */
	inTime: boolean | null;
};

/** A slot that was taken when the replay begins, and until when. */
export type HeldSlot = { user: string; until: Date | null };
export type Closing = { user: string; at: Date; won: boolean };

/** Everything that a replay needs, dated. `given`: who got a lead in the 30 days before, for the newcomers' share. */
export type Past = {
	from: Date;
	leads: readonly PastLead[];
	people: readonly Person[];
	held: readonly HeldSlot[];
	closings: readonly Closing[];
	given: readonly { user: string; at: Date }[];
};

/** What a replay decided about one lead; `kind` is `fixed` where a person had decided. */
export type Decided = { owner: string | null; kind: Assignment['kind'] | 'fixed'; sentence: string; waitedMs: number };
export type Replay = { decisions: ReadonlyMap<string, Decided>; peaks: ReadonlyMap<string, number> };
