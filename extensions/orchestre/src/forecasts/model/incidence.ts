/** Somebody seen from week `from` on until week `to` (both included), when they won, lost, or were last seen (`open`). */
export type Spell = { from: number; to: number; end: 'won' | 'lost' | 'open' };

/**
 * The cumulative incidence of winning with losing as competing risk: `open[i]` is the share still open before week `first + i`, `won[i]` the
 * share won before it. Both have one entry more than there are weeks. `events`: wins that it stands on; 0 for the assumed curve.
 */
export type Incidence = { first: number; open: Float64Array; won: Float64Array; events: number };

/** Fewer wins say nothing of dates. */
const enough = 15;
/** Weeks by which the curve is drawn out beyond what was seen, with the hazard of its last quarter. */
const [tail, quarter] = [52, 13];

function accumulate(first: number, hazards: readonly { won: number; lost: number }[], events: number): Incidence {
	const open = new Float64Array(hazards.length + 1);
	const won = new Float64Array(hazards.length + 1);
	open[0] = 1;
	for (const [index, hazard] of hazards.entries()) {
		const before = open[index] ?? 0;
		won[index + 1] = (won[index] ?? 0) + before * hazard.won;
		open[index + 1] = before * (1 - hazard.won - hazard.lost);
	}
	return { first, open, won, events };
}

/** Without enough history: one in eight of those open closes each week from `first` on, half of them won. */
const assumed = (first: number): Incidence => accumulate(first, Array.from({ length: 3 * tail }, () => ({ won: 1 / 16, lost: 1 / 16 })), 0); // prettier-ignore

/**
 * Incidence by week from spells, some of which begin late (a deal is seen from its stage on) or end without an outcome: the estimator of Aalen and
 * Johansen (“An empirical transition matrix for non-homogeneous Markov chains based on censored observations”, Scand. J. Statist. 5, 1978),
 * with delayed entry. Deals that stay open count as being at risk, so that a pipeline that rots promises less. The order of spells does not matter.
 */
export function incidenceOf(spells: readonly Spell[]): Incidence {
	const sane = spells.filter(({ from, to }) => to >= from);
	const wins = sane.filter(({ end }) => end === 'won').length;
	let [first, last] = [Infinity, -Infinity];
	for (const { from, to } of sane) {
		first = Math.min(first, from);
		last = Math.max(last, to);
	}
	if (wins < enough || last - first > 2000) return assumed(-2);
	const weeks = last - first + 1;
	const [enter, leave, won, lost] = [new Int32Array(weeks + 1), new Int32Array(weeks + 1), new Int32Array(weeks), new Int32Array(weeks)];
	const count = (array: Int32Array, at: number): void => void (array[at] = (array[at] ?? 0) + 1);
	for (const { from, to, end } of sane) {
		count(enter, from - first);
		count(leave, to - first + 1);
		if (end === 'won') count(won, to - first);
		if (end === 'lost') count(lost, to - first);
	}
	const hazards: { won: number; lost: number }[] = [];
	let atRisk = 0;
	const atRisks: number[] = [];
	for (let week = 0; week < weeks; week++) {
		atRisk += (enter[week] ?? 0) - (leave[week] ?? 0);
		atRisks.push(atRisk);
		// A handful at risk would decide for all that come after them.
		const base = Math.max(atRisk, 8);
		hazards.push({ won: (won[week] ?? 0) / base, lost: (lost[week] ?? 0) / base });
	}
	const from = Math.max(0, weeks - quarter);
	const sum = (array: ArrayLike<number>): number => Array.from({ length: weeks - from }, (_, index) => array[from + index] ?? 0).reduce((total, value) => total + value, 0); // prettier-ignore
	const exposure = Math.max(8 * quarter, sum(atRisks));
	const rest = { won: sum(won) / exposure, lost: sum(lost) / exposure };
	return accumulate(first, [...hazards, ...Array.from({ length: tail }, () => rest)], wins);
}

/** Where a week stands on the curve: before it began at its beginning, past what was seen on its drawn-out end. */
const indexOf = ({ first, won }: Incidence, week: number): number => Math.min(Math.max(0, week - first), Math.max(0, won.length - 1 - tail));

/** Chance that somebody still open at the beginning of a week is won in the end. */
export function chanceFrom(curve: Incidence, week: number): number {
	const at = indexOf(curve, week);
	const open = curve.open[at] ?? 0;
	return open > 1e-9 ? Math.min(1, ((curve.won.at(-1) ?? 0) - (curve.won[at] ?? 0)) / open) : 0;
}

/** The first index whose cumulative incidence exceeds `level`. */
function search(won: Float64Array, level: number, from: number): number {
	let [low, high] = [from, won.length - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((won[middle] ?? 0) > level) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Weeks from now until the win, for one who is open at this week and will be won; `share` in [0, 1) is drawn. */
export function weeksToWin(curve: Incidence, week: number, share: number): number {
	const at = indexOf(curve, week);
	const before = curve.won[at] ?? 0;
	const found = search(curve.won, before + share * ((curve.won.at(-1) ?? 0) - before), at);
	// Before the curve begins nothing closes: those weeks are waited for.
	return Math.max(0, found - 1 - at) + Math.max(0, curve.first - week);
}

/** Weeks from birth to the win, or null when this one is not won; `share` in [0, 1) is drawn. */
export function winAfterBirth(curve: Incidence, share: number): number | null {
	if (share >= (curve.won.at(-1) ?? 0)) return null;
	return Math.max(0, search(curve.won, share, 0) - 1 + Math.max(0, curve.first));
}
