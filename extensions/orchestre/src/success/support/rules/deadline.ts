import { addWorkingMinutes, workingMinutesBetween, type WorkingCalendar } from '../../../platform/time/working-time.ts';
import type { Kept, Priority, SlaSettings, SlaState, Status, SupportLevel, Ticket } from './types.ts';

/** What a ticket's deadline is worked out with. */
export type Ground = { settings: SlaSettings; calendar: WorkingCalendar; now: Date };

/** Working minutes in which a ticket is to be solved. */
export const minutesFor = (priority: Priority, level: SupportLevel, { minutes, shares }: Pick<SlaSettings, 'minutes' | 'shares'>): number =>
	// A word that is no choice (a row from before choices were checked) is the middle, not a fault of every ticket that it touches.
	Math.max(1, Math.round((minutes[priority] ?? minutes.normal) * (shares[level] ?? 1)));

const isEnded = (status: Status | null): boolean => status === 'resolved' || status === 'closed';
const isWaiting = (status: Status | null): boolean => status === 'waiting_client';

/** How far the clocks of those who write down an exchange may differ, and how coarse a form's minute is. */
const toleranceMs = 60_000;

/**
 * When a ticket was answered by an exchange of the moment `at`, or null: not before it was there, not by what is only planned, not by a call
 * that nobody took.
 */
export function answerMoment({ at, outcome }: { at: Date; outcome: string | null }, createdAt: Date, now: Date): Date | null {
	if (outcome === 'no_answer' || outcome === 'wrong_contact') return null;
	if (at.getTime() < createdAt.getTime() - toleranceMs || at.getTime() > now.getTime() + toleranceMs) return null;
	return at < createdAt ? createdAt : at;
}

/** How a ticket stands against its deadline now. */
export function stateOf(ticket: Ticket, { settings, calendar, now }: Ground): SlaState | null {
	const { dueAt, resolvedAt } = ticket.kept;
	if (dueAt === null) return null;
	if (isEnded(ticket.status)) return (resolvedAt ?? now) <= dueAt ? 'met' : 'missed';
	if (isWaiting(ticket.status)) return 'paused';
	if (now > dueAt) return 'breached';
	const left = workingMinutesBetween(now, dueAt, calendar);
	return left <= minutesFor(ticket.priority, ticket.level, settings) * settings.warningShare ? 'at_risk' : 'running';
}

/** Working minutes that do not count since the last treatment: the client was waited for, or all thought it solved. */
function idleSince({ status, kept }: Ticket, { calendar, now }: Ground): number {
	if (isWaiting(kept.treatedStatus) && !isWaiting(status) && kept.pausedAt) return workingMinutesBetween(kept.pausedAt, now, calendar);
	if (isEnded(kept.treatedStatus) && !isEnded(status) && kept.resolvedAt) return workingMinutesBetween(kept.resolvedAt, now, calendar);
	return 0;
}

/**
 * What is kept of a ticket after a change: its deadline, which waiting for the client and a wrong "solved" push back by as much working
 * time as they took, when it was first answered and solved, and how it stands.
 */
export function settle(ticket: Ticket, ground: Ground): Kept {
	const { status, priority, level, createdAt, kept, isRepromised = false } = ticket;
	const { settings, calendar, now } = ground;
	const basis = `${priority}:${ticket.company ?? ''}`;
	// What is solved was solved against its deadline: another priority cannot make "missed" into "met". Reopened, it gets the new promise.
	const stands = isEnded(status) && kept.dueAt !== null;
	const isNew = !stands && (kept.basis === null ? isRepromised : kept.basis !== basis);
	const idle = idleSince(ticket, ground);
	const pausedMinutes = kept.pausedMinutes + idle;
	const promised = (): Date => addWorkingMinutes(createdAt, minutesFor(priority, level, settings) + pausedMinutes, calendar);
	const dueAt = isNew || kept.dueAt === null ? promised() : idle > 0 ? addWorkingMinutes(kept.dueAt, idle, calendar) : kept.dueAt;
	const resolvedAt = isEnded(status) ? (kept.resolvedAt ?? now) : null;
	const firstResponseAt = kept.firstResponseAt ?? (isWaiting(status) || isEnded(status) ? now : null);
	const minutes = (until: Date, without: number): number => Math.max(0, Math.round(workingMinutesBetween(createdAt, until, calendar) - without));
	const after: Kept = {
		dueAt,
		state: null,
		pausedAt: isWaiting(status) ? (kept.pausedAt ?? now) : null,
		pausedMinutes: Math.round(pausedMinutes),
		firstResponseAt,
		firstResponseMinutes: firstResponseAt === null ? null : minutes(firstResponseAt, 0),
		resolvedAt,
		resolutionMinutes: resolvedAt === null ? null : (kept.resolutionMinutes ?? minutes(resolvedAt, pausedMinutes)),
		closedAt: status === 'closed' ? (kept.closedAt ?? now) : null,
		basis: stands ? kept.basis : basis,
		treatedStatus: status,
	};
	return { ...after, state: stateOf({ ...ticket, kept: after }, ground) };
}
