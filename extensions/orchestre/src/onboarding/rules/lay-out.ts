import type { WorkingCalendar } from '../../platform/time/working-time.ts';
import { plusWorkingDays, workingDay } from './days.ts';
import { inOrder } from './graph.ts';
import type { TemplateMilestone } from './types.ts';

/** A milestone of the template with its days in the plan; `requires` names milestones of the templates that the plan is made from. */
export type LaidOut = TemplateMilestone & { starts: number; due: number };

/**
 * Additions take their place in the main plan: they begin once what everything begins with is reached, and the go-live waits for them.
 * Returns all milestones, with the links that this adds, in the order of their offsets.
 */
export function joined(main: readonly TemplateMilestone[], additions: readonly TemplateMilestone[]): TemplateMilestone[] {
	if (additions.length === 0) return [...main];
	const roots = main.filter(({ requires }) => requires.length === 0).map(({ id }) => id);
	const required = new Set(additions.flatMap(({ requires }) => requires));
	const leaves = additions.filter(({ id }) => !required.has(id)).map(({ id }) => id);
	const added = additions.map((one) => ({ ...one, requires: one.requires.length === 0 ? roots : one.requires }));
	const kept = main.map((one) => (one.isGoLive ? { ...one, requires: [...one.requires, ...leaves] } : one));
	return [...kept, ...added].toSorted((a, b) => a.offset - b.offset || a.sort - b.sort);
}

/**
 * Days of the milestones of a plan that starts on `start` (the next working day if it is none). Each is due by its offset and starts the
 * working day after what it requires is due; an offset too early for that gives way.
 */
export function layOut(milestones: readonly TemplateMilestone[], start: number, calendar: WorkingCalendar): LaidOut[] {
	const first = workingDay(start, calendar);
	const byId = new Map(milestones.map((one) => [one.id, one]));
	const placed = new Map<string, LaidOut>();
	for (const id of inOrder(new Map(milestones.map(({ id: key, requires }) => [key, requires])))) {
		const one = byId.get(id);
		if (!one) continue;
		const before = one.requires.flatMap((other) => placed.get(other)?.due ?? []);
		const starts = before.length > 0 ? plusWorkingDays(Math.max(...before), 1, calendar) : first;
		placed.set(id, { ...one, starts, due: Math.max(starts, plusWorkingDays(first, one.offset, calendar)) });
	}
	return milestones.flatMap(({ id }) => placed.get(id) ?? []);
}
