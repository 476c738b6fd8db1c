import { currentCopy } from './copies.ts';

/**
 * A small seeded generator: the demo must come out the same on every machine, so nothing here asks the system for
 * randomness. Each domain takes a stream of its own (by name): a change in one does not shuffle the others.
 */
export type Random = {
	/** A number in [0, 1). */
	next: () => number;
	/** An integer, both ends included. */
	int: (min: number, max: number) => number;
	/** True with this probability. */
	chance: (probability: number) => boolean;
	/** One of the list; throws on an empty one. */
	pick: <T>(list: readonly T[]) => T;
	/** One key of the record, with the value as its weight. */
	weighted: <K extends string>(weights: Record<K, number>) => K;
	/** Normal distribution. */
	normal: (mean?: number, deviation?: number) => number;
	/** Number of events when `mean` are expected (Poisson). */
	count: (mean: number) => number;
	/** A new list in another order. */
	shuffled: <T>(list: readonly T[]) => T[];
};

/** FNV-1a, 32 bits: the start of a stream from its name. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
	return value >>> 0;
}

/** Mulberry32: 32 bits of state are plenty for a demo, and it is six lines. */
function mulberry(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** The stream of this name; the same name gives the same numbers, always (others in each copy of the company). */
export function randomOf(name: string, number = currentCopy()): Random {
	const next = mulberry(hash(`orchestre demo ${number === 0 ? '' : `${number} `}${name}`));
	const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
	const pick = <T>(list: readonly T[]): T => {
		if (list.length === 0) throw new Error(`demo, stream ${name}: pick from an empty list`);
		return list[int(0, list.length - 1)] as T;
	};
	const normal = (mean = 0, deviation = 1): number => mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
	return {
		next,
		int,
		chance: (probability) => next() < probability,
		pick,
		weighted: <K extends string>(weights: Record<K, number>): K => {
			const entries = Object.entries<number>(weights) as [K, number][];
			let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
			for (const [key, weight] of entries) if ((rest -= weight) < 0) return key;
			return pick(entries)[0];
		},
		normal,
		count: (mean) => {
			if (mean > 30) return Math.max(0, Math.round(normal(mean, Math.sqrt(mean))));
			let events = 0;
			for (let product = next(); product > Math.exp(-mean); product *= next()) events++;
			return events;
		},
		shuffled: (list) => {
			const copy = [...list];
			for (let index = copy.length - 1; index > 0; index--) {
				const other = int(0, index);
				[copy[index], copy[other]] = [copy[other] as (typeof copy)[number], copy[index] as (typeof copy)[number]];
			}
			return copy;
		},
	};
}

/** Logistic function: from evidence (in logits) to a probability. */
export const logistic = (evidence: number): number => 1 / (1 + Math.exp(-evidence));

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
