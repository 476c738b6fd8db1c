/** Days are numbers since 1970-01-01 (platform/time/paris.ts), money whole cents, probabilities 0–1. */

/** What was known of a deal from a day on: one for each change of stage. `ended` when it closed; `won` says how. */
export type DealVersion = { day: number; stage: string; amountCents: number; probability: number; closeDay: number | null };

export type DealHistory = {
	id: string;
	owner: string | null;
	team: string | null;
	/** In order of time, the first on the day it came. */
	versions: readonly DealVersion[];
	closedDay: number | null;
	won: boolean;
	/** What it was signed for, or is worth now. */
	amountCents: number;
	/** Today's probability of an open deal where it says more than its stage does: a model's or a person's. */
	given: number | null;
};

/** Monthly recurring revenue of a subscription from a day on, and when that was known. */
export type MrrChange = { day: number; knownDay: number; mrrCents: number };

export type SubscriptionHistory = {
	id: string;
	owner: string | null;
	team: string | null;
	changes: readonly MrrChange[];
	endsDay: number | null;
	endKnownDay: number | null;
};

/** All that happened, in any order of rows. */
export type History = { deals: readonly DealHistory[]; subscriptions: readonly SubscriptionHistory[] };

export type OpenDeal = Omit<DealVersion, 'day'> & { id: string; owner: string | null; team: string | null; since: number; given: number | null };
export type LiveSubscription = { id: string; owner: string | null; team: string | null; mrrCents: number; endsDay: number | null };

export const kinds = ['pipeline', 'recurring', 'new_business', 'total'] as const;
export type Kind = (typeof kinds)[number];

/** A calendar month: first and last day. */
export type Month = { start: number; end: number };

export type ScopeKind = 'company' | 'team' | 'person';

/** P10, P50 and P90 of what a month brings, with the naive weighted sum beside it; cents. */
export type MonthForecast = { scope: ScopeKind; key: string; kind: Kind; month: Month; p10: number; p50: number; p90: number; naive: number };
