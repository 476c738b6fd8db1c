import { survivalOf, timeBy, type AtTime } from '../../../platform/survival.ts';
import type { HealthSettings, StageLimit } from './types.ts';

/** The share of winners that have left a stage by its limit: who stays longer stays longer than four winners in five. */
export const winnersShare = 0.8;

/** Won deals by the whole days that they spent in a stage; `winners` counts deals, which may have been there twice. */
export type WinnersStay = { days: ReadonlyMap<number, number>; winners: number };

/**
 * Days by which four in five of the deals that were won in the end had left a stage: the 80th percentile of the product-limit curve
 * of their stays (platform/survival.ts). Null without winners. All winners have left, so nothing is censored; deals that are still open or
 * lost say nothing of how winners move, and are left out.
 */
export function winnersLimit({ days }: WinnersStay): number | null {
	const durations = new Map<number, AtTime>([...days].map(([day, left]) => [day, { left, still: 0 }]));
	return timeBy(survivalOf(durations), winnersShare);
}

/** The limit of a stage: from enough winners, else its own target, else the settings. Never below a day. */
export function stageLimit(
	stage: { targetDays: number | null; winnerDays: number | null; winnerCount: number | null },
	{ minWinners, stageDays }: Pick<HealthSettings, 'minWinners' | 'stageDays'>,
): StageLimit {
	const winners = stage.winnerCount ?? 0;
	if (winners >= minWinners && stage.winnerDays !== null) return { days: Math.max(1, stage.winnerDays), winners, source: 'winners' };
	if (stage.targetDays !== null && stage.targetDays > 0) return { days: stage.targetDays, winners, source: 'stage' };
	return { days: stageDays, winners, source: 'settings' };
}
