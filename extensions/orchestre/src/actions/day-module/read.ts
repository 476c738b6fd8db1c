import type { Day, StoredReasons } from '../rules/types.ts';

type Linked<Fields = object> = (Fields & { id?: string }) | null;

/** An action as `GET /orchestre/actions` answers it; links that the reader may not see are missing. */
export type DayAction = {
	id: string;
	title: string;
	state: 'open' | 'snoozed' | 'done' | 'refused';
	topic: string;
	recommended_action: string | null;
	action_kind: string | null;
	expected_value_cents: number | null;
	minutes: number | null;
	reasons: StoredReasons | null;
	refusal_reason: string | null;
	basis?: string | null;
	lead?: Linked<{ display_name?: string | null; company_name?: string | null; phone?: string | null; grade?: string | null }>;
	opportunity?: Linked<{ name?: string; stage?: { name: string } | null }>;
	company?: Linked<{ name?: string; phone?: string | null }>;
	person?: Linked<{ first_name?: string | null; last_name?: string | null; phone?: string | null }>;
	invoice?: Linked<{ number?: string | null }>;
	quote?: Linked<{ number?: string | null }>;
	ticket?: Linked<{ subject?: string }>;
	project?: Linked<{ name?: string }>;
	task?: Linked;
	approval?: Linked;
};

export type DayData = Day<DayAction>;

export const refusals = ['already_done', 'not_now', 'not_worth', 'wrong', 'other'] as const;
export type Refusal = (typeof refusals)[number];
export const outcomes = ['reached', 'no_answer', 'message_left', 'meeting_booked'] as const;
export type CallOutcome = (typeof outcomes)[number];

/** What the page sends. */
export type DayAnswer =
	| { state: 'done'; exchange?: { kind: 'call' | 'email' | 'meeting'; outcome?: CallOutcome } }
	| { state: 'snoozed'; until: string }
	| { state: 'refused'; reason: Refusal }
	| { state: 'open' };
