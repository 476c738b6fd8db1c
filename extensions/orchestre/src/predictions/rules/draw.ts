/**
 * A number in [0, 1) that follows from a moment (ms) alone: the same history always gives the same draws, whatever its ids, names and
 * order (xorshift-multiply; `part` makes draws of one moment independent).
 */
export function luck(moment: number, part: number): number {
	let state = (Math.imul(Math.floor(moment / 2 ** 32), 0x9e3779b1) ^ (moment >>> 0) ^ Math.imul(part + 1, 0x85ebca6b)) >>> 0;
	for (const factor of [0x21f0aaad, 0x735a2d97]) {
		state = Math.imul(state ^ (state >>> 16), factor) >>> 0;
	}
	return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}

/** The choice that `draw` in [0, 1) falls upon, in proportion to the weights. */
export function drawn<T>(choices: readonly { value: T; weight: number }[], draw: number): T {
	let left = draw * choices.reduce((sum, { weight }) => sum + weight, 0);
	for (const { value, weight } of choices) {
		left -= weight;
		if (left < 0) return value;
	}
	return (choices.at(-1) as { value: T }).value;
}
