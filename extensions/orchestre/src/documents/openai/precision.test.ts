import { expect, test } from 'vitest';
import { precisionOf } from './precision.ts';

const judged = (right: number, wrong: number, isSeen: boolean) => Array.from({ length: right + wrong }, (_, index) => ({ isRight: index < right, isSeen }));

test('reviews say how far an answer of OpenAI is to be trusted: assumed at first, never sure alone, and one confirmed error ends what both agreed on being sure', () => {
	expect(precisionOf([])).toEqual({ alone: 0.9, agreed: 0.99 });
	expect(precisionOf(judged(500, 0, false)).alone).toBe(0.95);
	expect(precisionOf(judged(20, 20, false)).alone).toBeCloseTo(0.58);
	expect(precisionOf(judged(0, 1, true)).agreed).toBeLessThan(0.97);
	expect(precisionOf(judged(200, 1, true)).agreed).toBeGreaterThan(0.97);
});
