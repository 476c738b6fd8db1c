import type { WorkingCalendar } from '../../platform/time/working-time.ts';
import { workingDaysBetween } from './days.ts';
import { inOrder } from './graph.ts';
import type { PlanMilestone } from './types.ts';

/** First and last day of a milestone as planned, or as it went; null when it has no date or does not count. */
export function spanOf({ status, starts, due, done }: PlanMilestone): { from: number; to: number } | null {
	if (status === 'cancelled') return null;
	const to = status === 'done' ? (done ?? due) : due;
	if (to === null) return null;
	return { from: Math.min(starts ?? to, to), to };
}

/**
 * Slack of each milestone in working days: how much later it may be reached without moving the end of the plan. The critical path is
 * where nothing is left (0; less when dates contradict the dependencies). Backward pass of the critical path method (Kelley and
 * Walker 1959) over the dates as planned; a milestone counts from its first day to its last, and what follows begins the day after.
 */
export function slackOf(milestones: readonly PlanMilestone[], calendar: WorkingCalendar): Map<string, number> {
	const spans = new Map(milestones.flatMap((one) => (spanOf(one) ? [[one.id, spanOf(one) as { from: number; to: number }] as const] : [])));
	if (spans.size === 0) return new Map();
	const origin = Math.min(...[...spans.values()].map(({ from }) => from)) - 1;
	/** Working days from the origin on: the end of one milestone is where the next may begin. */
	const ordinal = (day: number): number => workingDaysBetween(origin, day, calendar);
	const ends = new Map([...spans].map(([id, { to }]) => [id, ordinal(to)]));
	const lengths = new Map([...spans].map(([id, { from, to }]) => [id, Math.max(ordinal(to) - ordinal(from - 1), 0)]));
	const finish = Math.max(...ends.values());
	const latest = new Map([...spans.keys()].map((id) => [id, finish]));
	const requires = new Map(milestones.filter(({ id }) => spans.has(id)).map((one) => [one.id, one.requires]));
	for (const id of inOrder(requires).toReversed()) {
		const latestStart = (latest.get(id) ?? finish) - (lengths.get(id) ?? 0);
		for (const other of requires.get(id) ?? []) if (spans.has(other)) latest.set(other, Math.min(latest.get(other) ?? finish, latestStart));
	}
	return new Map([...ends].map(([id, end]) => [id, (latest.get(id) ?? finish) - end]));
}
