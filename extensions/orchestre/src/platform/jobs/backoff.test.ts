import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it.each([
	[1, 2_500, 5_000],
	[2, 5_000, 10_000],
	[5, 40_000, 80_000],
	[11, 1_800_000, 3_600_000],
	[500, 1_800_000, 3_600_000],
])('attempt %i rests between %i and %i ms', (attempt, least, most) => {
	expect(backoffMs(attempt, 0)).toBe(least);
	expect(backoffMs(attempt, 0.999_999_999)).toBe(most);
});
