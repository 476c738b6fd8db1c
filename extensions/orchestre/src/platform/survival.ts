/** How many subjects left after a given time (`left`), and how many were still there when last seen (`still`, censored). */
export type AtTime = { left: number; still: number };

/** Subjects by time, in any whole unit (days, months). */
export type Durations = ReadonlyMap<number, AtTime>;

/** One step of a survival curve: just after `time`, this share is still there; `hazard` is the share of those at risk who leave at it. */
export type Step = { time: number; atRisk: number; hazard: number; survival: number };

/**
 * Product-limit estimate of survival from durations of which some are censored (E. L. Kaplan and P. Meier, “Nonparametric
 * estimation from incomplete observations”, JASA 53, 1958, 457–481): S(t) = Π over tᵢ ≤ t of (1 − dᵢ / nᵢ). Those censored at a
 * time count as at risk at it. Without censoring it is one minus the empirical distribution. Steps are in order of time, one
 * for each time at which somebody left; the order of the map does not matter.
 */
export function survivalOf(durations: Durations): Step[] {
	const times = [...durations].toSorted(([one], [other]) => one - other);
	let atRisk = times.reduce((sum, [, { left, still }]) => sum + left + still, 0);
	let survival = 1;
	const steps: Step[] = [];
	for (const [time, { left, still }] of times) {
		if (left > 0) {
			const hazard = left / atRisk;
			survival *= 1 - hazard;
			steps.push({ time, atRisk, hazard, survival });
		}
		atRisk -= left + still;
	}
	return steps;
}

/** The first time by which at least this share (0–1) has left; null when the curve never comes down so far. */
export const timeBy = (steps: readonly Step[], share: number): number | null =>
	// Products of fractions miss their sum by the last bit.
	steps.find(({ survival }) => 1 - survival >= share - 1e-9)?.time ?? null;
