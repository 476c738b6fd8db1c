import { sharedState } from './shared-state.ts';

const clock = sharedState('clock', () => ({ stoppedAt: null as number | null }));

/** The product's time: every rule, job and trail row asks here and never the system, so that tests can move it. */
export const now = (): Date => new Date(clock.stoppedAt ?? Date.now());

/** Tests: stops the clock at a moment, for every module instance in this process. */
export function stopClock(at: Date | string): void {
	clock.stoppedAt = new Date(at).getTime();
}

/** Tests: moves the clock on by milliseconds; it stands still afterwards. */
export function advanceClock(ms: number): void {
	clock.stoppedAt = now().getTime() + ms;
}

/** Tests: back to the system's time. */
export function resetClock(): void {
	clock.stoppedAt = null;
}
