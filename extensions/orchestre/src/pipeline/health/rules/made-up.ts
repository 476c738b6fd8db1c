import type { DealFacts, HealthSettings, StageLimit } from './types.ts';

/** Tests: settings as shipped. */
export const shipped: HealthSettings = {
	idleDays: 14,
	plannedDays: 30,
	stageDays: 30,
	minWinners: 20,
	pushes: 2,
	contactsFromCents: 1_000_000,
	criticalCents: 5_000_000,
	escalationDays: 3,
};

/** Tests: the day on which deals are looked at, and a limit of twenty days from the stage itself. */
export const today = 20_000;
export const twentyDays: StageLimit = { days: 20, winners: 3, source: 'stage' };

/** Tests: a deal that is well. */
export const healthyDeal = (over: Partial<DealFacts> = {}): DealFacts => ({
	amountCents: 2_000_000,
	probability: 5000,
	stageDay: today - 5,
	activityDay: today - 2,
	plannedDay: today + 3,
	closeDay: today + 30,
	pushes: 0,
	contacts: 2,
	contact: 'Ana Roux',
	...over,
});
