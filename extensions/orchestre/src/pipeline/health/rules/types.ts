/** Health of an open deal, from the best to the worst (the choices of `opportunities.health`). */
export const states = ['good', 'watch', 'bad'] as const;
export type HealthState = (typeof states)[number];

export type ReasonCode = 'idle' | 'aged' | 'overdue' | 'pushed' | 'no_next_step' | 'single_contact' | 'no_amount';

/** Why a deal is not well. Weights sum to what decides the state; `text` is a French sentence. */
export type Reason = { code: ReasonCode; weight: number; text: string };

/** Thresholds from `settings`; days are calendar days, except `escalationDays` (working days). */
export type HealthSettings = {
	idleDays: number;
	plannedDays: number;
	stageDays: number;
	minWinners: number;
	pushes: number;
	contactsFromCents: number;
	criticalCents: number;
	escalationDays: number;
};

/** How long a deal may stay in a stage, and how we know: from `winners` won deals, the stage's target, or the settings. */
export type StageLimit = { days: number; winners: number; source: 'winners' | 'stage' | 'settings' };

/** What is known of an open deal. Days are Paris day numbers (platform/time/paris.ts), the probability basis points. */
export type DealFacts = {
	amountCents: number | null;
	probability: number;
	/** Entered its stage. */
	stageDay: number;
	/** The last thing that happened: an exchange, a task done, an appointment held, a change of stage, its creation. */
	activityDay: number;
	/** The next thing planned, today included: a task, an appointment, a dated next step. */
	plannedDay: number | null;
	closeDay: number | null;
	pushes: number;
	contacts: number;
	/** Name of the main contact, for the advice. */
	contact: string | null;
};

/** The one thing to do: `kind` and `title` of the task it becomes, `text` the advice, `days` working days to do it. */
export type Action = { kind: 'call' | 'meeting' | 'review' | 'todo'; title: string; text: string; days: number };

/** What the rules say of a deal. `atRiskCents`: amount × probability when it is not well, else 0. */
export type Verdict = {
	state: HealthState;
	reasons: Reason[];
	atRiskCents: number;
	action: Action | null;
	limit: StageLimit;
	/** Days since the last activity while nothing is planned; null otherwise. */
	idleSince: number | null;
};
