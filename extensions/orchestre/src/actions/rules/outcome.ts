import { dayMs } from '../../platform/time/paris.ts';

/** What became of an episode within the days that are watched. */
export type Outcome = 'won' | 'advanced' | 'lost' | 'no_effect';

/** A change that counts, at a moment in ms. */
export type Step = { at: number; outcome: Exclude<Outcome, 'no_effect'>; cents?: number | null };

/** What an episode that began at `from` came to: a win outweighs an advance, an advance what was lost later; else no effect. Null while the days are not over. */
export function outcomeOf(from: number, days: number, steps: readonly Step[], now: number): { outcome: Outcome; at: number; cents: number | null } | null {
	const until = from + days * dayMs;
	const within = steps.filter(({ at }) => at > from && at <= until).toSorted((one, other) => one.at - other.at);
	const step = within.find(({ outcome }) => outcome === 'won') ?? within[0];
	if (step?.outcome === 'won') return { outcome: 'won', at: step.at, cents: step.cents ?? null };
	if (now < until) return null;
	return step ? { outcome: step.outcome, at: step.at, cents: null } : { outcome: 'no_effect', at: until, cents: null };
}
