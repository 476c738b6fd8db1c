import type { HealthSettings } from './types.ts';

/** 0: the owner knows; 1: the managers of the team; 2: Direction. */
export type Level = 0 | 1 | 2;

/**
 * How far an alert of a deal in danger has to have gone after so many working days: to the managers after one term, to Direction after
 * two, and there only what is worth it. Never back.
 */
export function levelDue(workingDays: number, atRiskCents: number, { escalationDays, criticalCents }: Pick<HealthSettings, 'escalationDays' | 'criticalCents'>): Level {
	if (workingDays >= 2 * escalationDays && atRiskCents >= criticalCents) return 2;
	return workingDays >= escalationDays ? 1 : 0;
} // prettier-ignore
