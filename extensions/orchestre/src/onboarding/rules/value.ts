import type { PlanMilestone } from './types.ts';

type Marked = Pick<PlanMilestone, 'status' | 'done'> & { isGoLive: boolean };

/**
 * Days of the calendar from the signature to the first use by the client: the latest go-live milestone that was reached, once all of
 * them are. Null while one is open, without any, or without a day of signature; never below 0.
 */
export function timeToValue(milestones: readonly Marked[], signed: number | null): number | null {
	const live = milestones.filter(({ isGoLive, status }) => isGoLive && status !== 'cancelled');
	if (signed === null || live.length === 0 || live.some(({ status, done }) => status !== 'done' || done === null)) return null;
	return Math.max(0, Math.max(...live.map(({ done }) => done ?? 0)) - signed);
}

/** What the plan has to say to the project: over when nothing is open and something was reached. */
export function isOver(milestones: readonly Pick<PlanMilestone, 'status'>[]): boolean {
	return milestones.some(({ status }) => status === 'done') && milestones.every(({ status }) => status === 'done' || status === 'cancelled');
}
