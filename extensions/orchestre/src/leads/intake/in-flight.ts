import type { Knex } from '../../platform/directus.ts';
import { sharedState } from '../../platform/shared-state.ts';

/** A slot that a transaction of this process takes; `endedAt`: when that transaction was over, on this module's own count. */
export type TakenSlot = { user: string; at: Date; endedAt: number | null };

const state = sharedState('leads.in-flight', () => ({ count: 0, slots: [] as TakenSlot[] }));

/** How many ended slots are kept for readers that began before: more than there are connections. */
const kept = 200;

/** A moment on this module's count, before a read of the counters. */
export const beforeReading = (): number => ++state.count;

/** Slots that a read which began at `since` may not have seen, for their transactions were not over. */
export const unseenSince = (since: number): TakenSlot[] => state.slots.filter(({ endedAt }) => endedAt === null || endedAt > since);

/** Tells the other leads of this process that a slot is being taken, until the transaction is over. */
export function takeInFlight(trx: Knex.Transaction, user: string, at: Date): void {
	const slot: TakenSlot = { user, at, endedAt: null };
	const end = (): void => {
		slot.endedAt = ++state.count;
		const ended = state.slots.filter(({ endedAt }) => endedAt !== null).length;
		if (ended > kept) state.slots = state.slots.filter(({ endedAt }) => endedAt === null || endedAt > state.count - kept);
	};
	state.slots.push(slot);
	trx.executionPromise.then(end, end);
}
