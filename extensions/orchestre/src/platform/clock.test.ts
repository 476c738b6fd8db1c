import { afterEach, expect, it } from 'vitest';
import { advanceClock, now, resetClock, stopClock } from './clock.ts';

afterEach(resetClock);

it('stands still where it is stopped, and moves when told', () => {
	stopClock('2026-03-29T00:59:00Z');
	expect(now().toISOString()).toBe('2026-03-29T00:59:00.000Z');
	advanceClock(3_600_000);
	expect(now().toISOString()).toBe('2026-03-29T01:59:00.000Z');
});

it('follows the system otherwise', () => expect(Math.abs(now().getTime() - Date.now())).toBeLessThan(1000));

it('is one clock for two instances of the module', async () => {
	const other = (await import(`${new URL('clock.ts', import.meta.url).href}?second`)) as { now: () => Date };
	stopClock('2026-01-01T00:00:00Z');
	expect(other.now).not.toBe(now);
	expect(other.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
});
