import type { NextAction } from '../../timeline/next/rules.ts';
import type { Means, Topic } from './topics.ts';

/** Shapes that the rules of this room share. Rules are pure: the day and the moment come in as arguments. Money in cents. */

/** Columns of `insights` that say what a row is about. */
export type LinkColumn =
	'company' | 'person' | 'lead' | 'opportunity' | 'quote' | 'subscription' | 'contract' | 'project' | 'ticket' | 'invoice' | 'task' | 'approval' | 'basis';
export type Links = Partial<Record<LinkColumn, string>>;

/** The record whose next action it is: a person gets one action a record and day. */
export type RecordRef = { collection: string; id: string };

/** Something that somebody could do today, from the facts; nothing is estimated yet. */
export type Candidate = {
	owner: string;
	team: string | null;
	topic: Topic;
	record: RecordRef;
	/** What makes this occasion another than the last one about the record (the task, the message, the date). */
	anchor: string;
	links: Links;
	/** What the record's own form says (timeline/next), where it says something. */
	next: NextAction | null;
	/** French, a verb first. */
	title: string;
	/** French, one line. */
	why: string;
	/** French, how to go about it; null where the title says it all. */
	advice: string | null;
	means: Means | null;
	/** What moving on is worth. */
	stakeCents: number;
	/** French, how the stake comes about: `24 000 € × 50 % de chances`. */
	stakeText: string;
	/** Gain × stake as another room's insight gives it, instead of our own. */
	givenCents: number | null;
	minutes: number | null;
	/** A promise is broken, or about to be: it is on the list even where other things are worth more. */
	urgent: boolean;
};

/** How a kind of action has done so far: episodes whose outcome is known. `held`: hold-outs among the others. */
export type Tally = { done: number; doneMoved: number; others: number; othersMoved: number; held: number; heldMoved: number };

/** Gain in probability (0–1) with an 80 % interval, and how it is known. */
export type Estimate = { gain: number; low: number; high: number; origin: 'start' | 'measured'; done: number; others: number; held: number };

/** What a person has answered to a kind of action lately. */
export type Habits = { done: number; refused: Readonly<Record<string, number>> };

/** One line of the explanation; the cents of all lines sum to the expected value. */
export type Line = { text: string; cents: number };

export type Ranked = Candidate & {
	estimate: Estimate;
	spentMinutes: number;
	expectedCents: number;
	lowCents: number;
	highCents: number;
	/** Cents a minute. */
	priority: number;
	lines: Line[];
};

/** What stands in `insights.reasons` of an action: the page shows it. */
export type StoredReasons = {
	topic: Topic;
	next: NextAction | null;
	why: string;
	lines: Line[];
	gain: Pick<Estimate, 'gain' | 'low' | 'high' | 'origin' | 'done' | 'others' | 'held'>;
	range: { low: number; high: number };
	urgent: boolean;
};

/** A row that is there already, open or put off. */
export type Known = {
	id: string;
	owner: string;
	record: string;
	state: 'open' | 'snoozed' | 'done' | 'refused' | 'closed';
	key: string;
	topic: string;
	priority: number;
	minutes: number;
	holdOut: boolean;
	/** Paris day numbers. */
	dueDay: number | null;
	decidedDay: number | null;
	snoozedUntil: Date | null;
	refusalReason: string | null;
};

export type ActionSettings = {
	enabled: boolean;
	perDay: number;
	minutesPerDay: number;
	refusedDays: number;
	outcomeDays: number;
	prior: number;
	/** 0–1. */
	holdOut: number;
	nominalCents: number;
	starts: ReadonlyMap<Topic, { gain: number; minutes: number }>;
};

/** How a colleague's day stands. */
export type Standing = { id: string; name: string; open: number; done: number; cents: number; isAway: boolean };

/** One person's day, its actions in whatever shape. `day`: the working day that it is for (YYYY-MM-DD); `isToday` false ahead of days off. */
export type Day<Action> = {
	person: { id: string; name: string; isMe: boolean };
	day: string;
	isToday: boolean;
	isOn: boolean;
	isAway: boolean;
	isReady: boolean;
	perDay: number;
	actions: Action[];
	answered: Action[];
	team: Standing[];
};
