import { roundEuros } from '../../platform/amount.ts';
import { dayMs, frenchMoment, toParis } from '../../platform/time/paris.ts';
import type { StoredReasons as DealHealth } from '../../pipeline/health/judge.ts';
import { leadingReason } from '../../pipeline/health/rules/action.ts';
import { nextAction, type Facts, type NextAction, type NextKind } from '../../timeline/next/rules.ts';
import { sayInParis } from './french.ts';
import type { Means, Topic } from './topics.ts';
import type { Candidate, Links, RecordRef } from './types.ts';

/** What values are taken from, measured once a run. Rates 0–1. */
export type Ground = { dealCents: number; winRate: number; nominalCents: number };

/** An open lead or deal with what the form's own rules ask about it. */
export type OpenRecord = {
	kind: 'lead' | 'deal';
	id: string;
	name: string;
	/** Whom one talks to: the lead, or the deal's client. */
	who: string;
	owner: string;
	team: string | null;
	links: Links;
	facts: Facts;
	/** Of the task among the facts. */
	assignee: string | null;
	taskKind: string | null;
	/** Of an overdue invoice among the facts. */
	invoiceCents: number | null;
	stakeCents: number;
	stakeText: string;
	/** What pipeline health recommends; null where it has nothing to say. */
	health: Pick<DealHealth, 'reasons' | 'action'> | null;
};

const topicOf: Readonly<Record<'lead' | 'deal', Partial<Record<NextKind, Topic>>>> = {
	lead: {
		first_contact: 'lead.first_contact',
		answer: 'lead.answer',
		overdue_task: 'lead.task',
		task_today: 'lead.task',
		convert: 'lead.convert',
		plan: 'lead.plan',
		check_duplicate: 'lead.duplicate',
		alert: 'lead.alert',
		quote_ending: 'deal.quote',
		invoice_overdue: 'invoice.overdue',
	},
	deal: {
		answer: 'deal.answer',
		overdue_task: 'deal.task',
		task_today: 'deal.task',
		next_step_late: 'deal.next_step',
		close_date_past: 'deal.close_date',
		plan: 'deal.plan',
		alert: 'deal.alert',
		quote_ending: 'deal.quote',
		invoice_overdue: 'invoice.overdue',
	},
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Chance that a lead of this letter is converted, while no model says better: our start values, as those of the actions. */
const letterRates: Readonly<Record<string, number>> = { A: 0.3, B: 0.18, C: 0.1, D: 0.05 };

type Stake = Pick<OpenRecord, 'stakeCents' | 'stakeText'>;

/** Expected value of a lead: what it would bring × the chance that it is converted × the chance that a deal is won. `probability` in basis points. */
export function leadStake(lead: { budgetCents: number | null; probability: number | null; grade: string | null }, { dealCents, winRate }: Ground): Stake {
	const chance = lead.probability === null ? (letterRates[lead.grade?.[0] ?? ''] ?? 0.1) : lead.probability / 10_000;
	const value = lead.budgetCents || dealCents;
	const origin = lead.budgetCents ? 'de budget annoncé' : 'd’une affaire moyenne';
	return {
		stakeCents: Math.round(value * chance * winRate),
		stakeText: `${roundEuros(value)} ${origin} × ${percent(chance)} de conversion × ${percent(winRate)} de gain`,
	};
}

/** Expected value of a deal; one without an amount counts as an average one. `probability` in basis points. */
export function dealStake(deal: { amountCents: number | null; probability: number | null }, { dealCents }: Ground): Stake {
	const chance = (deal.probability ?? 0) / 10_000;
	const value = deal.amountCents || dealCents;
	const origin = deal.amountCents ? roundEuros(value) : `${roundEuros(value)} (affaire moyenne, montant à chiffrer)`;
	return { stakeCents: Math.round(value * chance), stakeText: `${origin} × ${percent(chance)} de chances de gain` };
}

/** Of a task's kind. */
export const taskMeans: Readonly<Record<string, Means>> = { call: 'call', email: 'email', meeting: 'meeting', review: 'review' };
const healthMeans: Readonly<Record<string, Means>> = { call: 'call', meeting: 'meeting', review: 'review', todo: 'review' };
/** What has waited for longer than this is not the urgent thing of today any more. */
const urgentDays = 5;

function isUrgent({ kind, urgent, at }: NextAction, now: Date): boolean {
	if (!at) return false;
	const due = new Date(at);
	// The form counts in hours, a day's list in days: due by tonight is due now.
	if (kind === 'first_contact') return toParis(due).day <= toParis(now).day && now.getTime() - due.getTime() < urgentDays * dayMs;
	return urgent && kind === 'answer' && now.getTime() - due.getTime() < urgentDays * dayMs;
}

function whyOf(next: NextAction, morning: Date): string {
	// The form counts the minutes; here the day has to be enough.
	if (next.kind === 'first_contact' && next.at) {
		const at = new Date(next.at);
		return at < morning ? `Le premier contact était attendu le ${frenchMoment(at)}.` : `Premier contact attendu le ${frenchMoment(at)}.`;
	}
	return sayInParis(next, morning).reason;
}

/** The form need not say whom it is about; a list must. */
function titleOf({ who, name }: OpenRecord, next: NextAction, morning: Date): string {
	if (next.kind === 'first_contact') return `Appeler ${name}`;
	return next.kind === 'answer' ? `Répondre à ${who}` : sayInParis(next, morning).title;
}

/** An overdue invoice is one thing to do, whoever's deal it came from. */
const recordOf = (one: OpenRecord, next: NextAction): RecordRef =>
	next.kind === 'invoice_overdue' && next.about ? { collection: 'invoices', id: next.about.id } : { collection: one.kind === 'lead' ? 'leads' : 'opportunities', id: one.id }; // prettier-ignore

const aboutLinks: Partial<Record<string, keyof Links>> = { tasks: 'task', quotes: 'quote', invoices: 'invoice' };

/**
 * The action that the record's own form recommends (timeline/next), as a candidate for its owner's day. Nothing when the form has nothing
 * to ask for today, or when the task that comes first is somebody else's. For a deal that is not well it says what its health advises.
 */
export function candidateOf(one: OpenRecord, now: Date, morning: Date): Candidate | null {
	const next = nextAction(one.facts, now);
	const topic = topicOf[one.kind][next.kind];
	if (!topic) return null;
	const isTask = next.kind === 'overdue_task' || next.kind === 'task_today';
	if (isTask && one.assignee !== null && one.assignee !== one.owner) return null;
	const advised = topic === 'deal.alert' || topic === 'deal.plan' || topic === 'deal.close_date' ? one.health?.action : null;
	const link = next.about && aboutLinks[next.about.collection];
	const isInvoice = next.kind === 'invoice_overdue' && one.invoiceCents !== null;
	return {
		owner: one.owner,
		team: one.team,
		topic,
		record: recordOf(one, next),
		anchor: next.about?.id || (next.kind === 'plan' ? '' : (next.at ?? '')),
		links: { ...one.links, ...(link && next.about && { [link]: next.about.id }) },
		next,
		title: advised?.title ?? titleOf(one, next, morning),
		why: advised ? (leadingReason(one.health?.reasons ?? [])?.text ?? whyOf(next, morning)) : whyOf(next, morning),
		advice: advised?.text ?? (next.kind === 'alert' ? (next.about?.detail ?? null) : null),
		means: advised ? (healthMeans[advised.kind] ?? null) : isTask ? (taskMeans[one.taskKind ?? ''] ?? null) : null,
		stakeCents: isInvoice ? (one.invoiceCents as number) : one.stakeCents,
		stakeText: isInvoice ? `${roundEuros(one.invoiceCents as number)} à encaisser` : one.stakeText,
		givenCents: null,
		minutes: null,
		urgent: isUrgent(next, now),
	};
}
