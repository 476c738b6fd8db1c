import type { WorkingCalendar } from '../../platform/time/working-time.ts';
import { plusWorkingDays, workingDaysBetween } from './days.ts';
import { inOrder } from './graph.ts';
import type { PlanMilestone } from './types.ts';

/** A milestone that moves. `days`: working days by which it is due later. */
export type Move = { id: string; starts: number; due: number; days: number };

/** When a milestone is, or is going to be, finished; null when nobody can say or nobody waits for it any more. */
function finishOf({ status, due, done }: PlanMilestone, notBefore: number): number | null {
	if (status === 'cancelled') return null;
	if (status === 'done') return done ?? due;
	return due === null ? null : Math.max(due, notBefore);
}

/**
 * What has to move for every milestone to begin after all that it requires: only those that nobody has begun and whose dates nobody
 * chose, only later, and no more than needed, so that slack is used up first. Lengths in working days stay. `notBefore`: what is not
 * finished is counted as finished on that day at the earliest (today, to see where a plan is heading).
 */
export function movesOf(milestones: readonly PlanMilestone[], calendar: WorkingCalendar, notBefore = Number.NEGATIVE_INFINITY): Move[] {
	const now = new Map(milestones.map((one) => [one.id, one]));
	const moves: Move[] = [];
	for (const id of inOrder(new Map(milestones.map(({ id: key, requires }) => [key, requires])))) {
		const one = now.get(id);
		if (!one || one.status !== 'todo' || one.fixed || one.due === null) continue;
		const before = one.requires.flatMap((other) => {
			const required = now.get(other);
			return required ? (finishOf(required, notBefore) ?? []) : [];
		});
		if (before.length === 0) continue;
		const starts = one.starts ?? one.due;
		const earliest = plusWorkingDays(Math.max(...before), 1, calendar);
		if (starts >= earliest) continue;
		const length = Math.max(workingDaysBetween(starts, one.due, calendar), 0);
		const due = plusWorkingDays(earliest, length, calendar);
		now.set(id, { ...one, starts: earliest, due });
		moves.push({ id, starts: earliest, due, days: workingDaysBetween(one.due, due, calendar) });
	}
	return moves;
}

/** Milestones that may begin: nobody has, and all that they require is reached or given up. One that requires nothing begins when people say so. */
export function startable(milestones: readonly PlanMilestone[]): PlanMilestone[] {
	const over = new Set(milestones.filter(({ status }) => status === 'done' || status === 'cancelled').map(({ id }) => id));
	const known = new Set(milestones.map(({ id }) => id));
	return milestones.filter(({ status, requires }) => status === 'todo' && requires.length > 0 && requires.every((id) => over.has(id) || !known.has(id)));
}

/** Share of the milestones that are reached, in basis points; those given up do not count. 0 without any. */
export function progressOf(milestones: readonly Pick<PlanMilestone, 'status'>[]): number {
	const counted = milestones.filter(({ status }) => status !== 'cancelled');
	return counted.length === 0 ? 0 : Math.round((counted.filter(({ status }) => status === 'done').length * 10_000) / counted.length);
}
