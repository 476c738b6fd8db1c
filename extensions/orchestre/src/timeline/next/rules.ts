import { fromParis, toParis } from '../../platform/time/paris.ts';
import type { Subject } from '../rules/types.ts';

/** A row that an action is about. `at`: an ISO moment, or a plain day (YYYY-MM-DD). */
export type About = { collection: string; id: string; name: string; at: string | null; who?: string | null; detail?: string | null };

/** What is known of a record when its next action is chosen, as far as the reader sees it. */
export type Facts = {
	subject: Subject;
	/** Of a lead. */
	lead?: { status: string | null; deal: About | null; duplicate: About | null; slaDueAt: string | null; contacted: boolean };
	/** Of a deal. */
	deal?: { closed: boolean; closeDate: string | null; nextStep: string | null; nextStepAt: string | null };
	/** The newest exchange, if somebody waits for an answer to it. */
	unanswered: About | null;
	lastContactAt: string | null;
	/** The open task that is due first; without one that is due, any open task. */
	task: About | null;
	appointment: About | null;
	/** A quote that was sent, has no answer and ends first. */
	quote: About | null;
	invoice: About | null;
	ticket: About | null;
	/** The gravest open alert; `detail` is the action that it recommends. */
	alert: About | null;
};

export type NextKind =
	| 'open_deal'
	| 'check_duplicate'
	| 'first_contact'
	| 'answer'
	| 'ticket_late'
	| 'invoice_overdue'
	| 'overdue_task'
	| 'next_step_late'
	| 'alert'
	| 'quote_ending'
	| 'appointment_today'
	| 'task_today'
	| 'close_date_past'
	| 'convert'
	| 'plan'
	| 'planned'
	| 'closed'
	| 'quiet';

/** `urgent`: a promise is broken, or about to be. `about`: the row that the button leads to; null where the record itself is meant. */
export type NextAction = { kind: NextKind; urgent: boolean; at: string | null; about: About | null };

const hour = 3_600_000;
const day = 24 * hour;
/** A quote is chased a week before it ends, and until a month after: then it is history. */
const quoteAheadDays = 7;
export const quotePastDays = 30;
/** Somebody whom nobody has talked to for so long should hear of us. */
export const quietDays = 90;
/** An unanswered message older than this was answered elsewhere. */
const answerDays = 30;
/** A deadline within two hours is acted on now. */
const soonHours = 2;

const isDay = (at: string): boolean => at.length === 10;
const endOfDay = day - 1000;
/** When something is over, in ms: a plain day at its end in Paris. */
const time = (at: string): number => (isDay(at) ? fromParis(Date.parse(`${at}T00:00:00Z`) / day, endOfDay) : new Date(at)).getTime();
const sameDay = (at: string, now: Date): boolean => toParis(new Date(time(at))).day === toParis(now).day;

/** Messages wait for an answer; a call only when nobody took it. */
export const waits = ({ direction, kind, outcome }: Record<string, unknown>): boolean =>
	direction === 'inbound' && (['email', 'sms', 'chat'].includes(String(kind)) || (kind === 'call' && ['no_answer', 'message_left'].includes(String(outcome))));

type Rule = (facts: Facts, now: Date) => NextAction | null;

const action = (
	kind: NextKind,
	about: About | null = null,
	{ urgent = false, at = about?.at ?? null }: { urgent?: boolean; at?: string | null } = {},
): NextAction => ({
	kind,
	urgent,
	at,
	about,
});

const isPast = (at: string | null | undefined, now: Date): at is string => Boolean(at) && time(at as string) < now.getTime();

/**
 * One rule after the other; the first that has something to say wins. What is over comes first, for nothing else matters then. A
 * possible duplicate comes before the call, for two people calling one prospect costs more than a minute's check. Then whoever
 * waits for us: the new lead by its deadline, a message, a ticket past its delay. Then promises of others to us (money owed), our
 * own that are late (tasks, the next step of a deal), what ends by itself (a quote), what is fixed for today, and a close date
 * that cannot hold any more, and what else the watch over the pipeline found. Only then is planning of use; a deal or a lead is never left without a next step.
 */
const rules: readonly Rule[] = [
	({ lead }) => (lead?.status === 'converted' ? action(lead.deal ? 'open_deal' : 'closed', lead.deal, { at: null }) : null),
	({ lead, deal }) => (lead?.status === 'lost' || deal?.closed ? action('closed') : null),
	({ lead }) => (lead?.duplicate && !lead.contacted ? action('check_duplicate', lead.duplicate, { at: null }) : null),
	({ lead }, now) => {
		if (!lead?.slaDueAt || lead.contacted) return null;
		return action('first_contact', null, { at: lead.slaDueAt, urgent: time(lead.slaDueAt) - now.getTime() < soonHours * hour });
	},
	({ unanswered }, now) => {
		if (!unanswered?.at || now.getTime() - time(unanswered.at) > answerDays * day) return null;
		return action('answer', unanswered, { urgent: now.getTime() - time(unanswered.at) > day });
	},
	({ ticket }, now) => (isPast(ticket?.at, now) ? action('ticket_late', ticket, { urgent: true }) : null),
	({ invoice }, now) => (isPast(invoice?.at, now) ? action('invoice_overdue', invoice, { urgent: true }) : null),
	({ task }, now) => (isPast(task?.at, now) ? action('overdue_task', task, { urgent: true }) : null),
	({ deal }, now) => (isPast(deal?.nextStepAt, now) ? action('next_step_late', null, { at: deal?.nextStepAt ?? null, urgent: true }) : null),
	({ quote }, now) => {
		if (!quote?.at) return null;
		const left = (time(quote.at) - now.getTime()) / day;
		return left < quoteAheadDays && left > -quotePastDays ? action('quote_ending', quote, { urgent: left < 2 }) : null;
	},
	({ appointment }, now) => (appointment?.at && sameDay(appointment.at, now) ? action('appointment_today', appointment) : null),
	({ task }, now) => (task?.at && sameDay(task.at, now) ? action('task_today', task) : null),
	({ deal }, now) => (isPast(deal?.closeDate, now) ? action('close_date_past', null, { at: deal?.closeDate ?? null }) : null),
	({ alert }) => (alert ? action('alert', alert, { urgent: true, at: null }) : null),
	(facts) => planned(facts),
	({ lead }) => (lead?.status === 'qualified' ? action('convert') : null),
	({ subject, lastContactAt }, now) => {
		if (subject === 'leads' || subject === 'opportunities') return action('plan', null, { at: lastContactAt });
		const silent = !lastContactAt || now.getTime() - time(lastContactAt) > quietDays * day;
		return silent ? action('plan', null, { at: lastContactAt }) : action('quiet', null, { at: lastContactAt });
	},
];

/** What is fixed, the earliest first; a task without a date counts after all that have one. */
function planned({ task, appointment, deal }: Facts): NextAction | null {
	const step: About | null = deal?.nextStepAt ? { collection: 'opportunities', id: '', name: deal.nextStep ?? '', at: deal.nextStepAt } : null;
	const [first] = [task, appointment, step]
		.filter((one) => one !== null)
		.toSorted((one, other) => (one.at ? time(one.at) : Infinity) - (other.at ? time(other.at) : Infinity) || 0);
	return first ? action('planned', first) : null;
}

/** The one thing to do next about a record. Always answers. */
export function nextAction(facts: Facts, now: Date): NextAction {
	for (const rule of rules) {
		const found = rule(facts, now);
		if (found) return found;
	}
	return action('quiet');
}
