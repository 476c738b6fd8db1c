/** Probabilities from high to low, where equal ones stand in one group; the order in which rows came makes no difference. */
export type Ranking = { scores: Float64Array; labels: Uint8Array; groups: Uint32Array };

export type Metrics = { auc: number; prAuc: number; accuracy: number; brier: number; ece: number; logLoss: number; liftAt10: number; recallAt20: number };
export const metricNames = ['auc', 'prAuc', 'accuracy', 'brier', 'ece', 'logLoss', 'liftAt10', 'recallAt20'] as const;

export function rank(probabilities: ArrayLike<number>, labels: ArrayLike<number>): Ranking {
	const order = Uint32Array.from({ length: labels.length }, (_, row) => row).sort(
		(a, b) => (probabilities[b] as number) - (probabilities[a] as number) || (labels[b] as number) - (labels[a] as number),
	);
	const scores = Float64Array.from(order, (row) => probabilities[row] as number);
	const groups = new Uint32Array(order.length);
	for (let at = 1; at < groups.length; at++) groups[at] = (groups[at - 1] as number) + (scores[at] === scores[at - 1] ? 0 : 1);
	return { scores, labels: Uint8Array.from(order, (row) => labels[row] as number), groups };
}

/** Rows and positives of each group of equal scores, with rows counted as often as `weights` says. */
function groupsOf(
	{ scores, labels, groups }: Ranking,
	weights: ArrayLike<number> | null,
): { score: Float64Array; rows: Float64Array; positives: Float64Array } {
	const count = groups.length === 0 ? 0 : (groups[groups.length - 1] as number) + 1;
	const found = { score: new Float64Array(count), rows: new Float64Array(count), positives: new Float64Array(count) };
	for (let at = 0; at < groups.length; at++) {
		const group = groups[at] as number;
		const weight = weights ? (weights[at] as number) : 1;
		found.score[group] = scores[at] as number;
		found.rows[group] = (found.rows[group] as number) + weight;
		found.positives[group] = (found.positives[group] as number) + weight * (labels[at] as number);
	}
	return found;
}

/** Positives in the first `share` of the rows; of a group that is cut its part. */
function positivesInTop(rows: Float64Array, positives: Float64Array, share: number, total: number): number {
	let left = share * total;
	let found = 0;
	for (let group = 0; group < rows.length && left > 0; group++) {
		const own = rows[group] as number;
		if (own === 0) continue;
		found += (positives[group] as number) * Math.min(1, left / own);
		left -= own;
	}
	return found;
}

export type CalibrationBin = { rows: number; meanProbability: number; share: number };

/** Ten bins of about equal size, from low to high; equal probabilities stay together. */
export function calibrationBins(ranking: Ranking, weights: ArrayLike<number> | null = null): CalibrationBin[] {
	const { score, rows, positives } = groupsOf(ranking, weights);
	const total = rows.reduce((sum, own) => sum + own, 0);
	const bins = Array.from({ length: 10 }, () => ({ rows: 0, scores: 0, positives: 0 }));
	let before = 0;
	for (let group = score.length - 1; group >= 0; group--) {
		const own = rows[group] as number;
		const bin = bins[Math.min(9, Math.floor((10 * (before + own / 2)) / total))] as { rows: number; scores: number; positives: number };
		bin.rows += own;
		bin.scores += own * (score[group] as number);
		bin.positives += positives[group] as number;
		before += own;
	}
	return bins.filter((bin) => bin.rows > 0).map((bin) => ({ rows: bin.rows, meanProbability: bin.scores / bin.rows, share: bin.positives / bin.rows }));
}

/**
 * All figures of one ranking: areas under the ROC and the precision-recall curve (average precision), share of right answers at
 * one half, Brier score, expected calibration error over ten bins of equal size, mean log loss, lift of the first tenth, share of
 * all positives in the first fifth. Ranks are NaN when one outcome is missing.
 */
export function metricsOf(ranking: Ranking, weights: ArrayLike<number> | null = null): Metrics {
	const { score, rows, positives } = groupsOf(ranking, weights);
	const total = rows.reduce((sum, own) => sum + own, 0);
	const all = positives.reduce((sum, own) => sum + own, 0);
	let [above, positivesAbove, pairs, precision, right, brier, logLoss] = [0, 0, 0, 0, 0, 0, 0];
	for (let group = 0; group < score.length; group++) {
		const [own, hits, chance] = [rows[group] as number, positives[group] as number, score[group] as number];
		const misses = own - hits;
		pairs += misses * (positivesAbove + hits / 2);
		above += own;
		positivesAbove += hits;
		if (above > 0) precision += hits * (positivesAbove / above);
		right += chance >= 0.5 ? hits : misses;
		brier += hits * (1 - chance) ** 2 + misses * chance ** 2;
		const safe = Math.min(1 - 1e-15, Math.max(1e-15, chance));
		logLoss -= hits * Math.log(safe) + misses * Math.log(1 - safe);
	}
	const ece = calibrationBins(ranking, weights).reduce((sum, bin) => sum + (bin.rows / total) * Math.abs(bin.meanProbability - bin.share), 0);
	return {
		auc: pairs / (all * (total - all)),
		prAuc: precision / all,
		accuracy: right / total,
		brier: brier / total,
		ece,
		logLoss: logLoss / total,
		liftAt10: positivesInTop(rows, positives, 0.1, total) / (0.1 * all),
		recallAt20: positivesInTop(rows, positives, 0.2, total) / all,
	};
}

export const aucOf = (probabilities: ArrayLike<number>, labels: ArrayLike<number>): number => metricsOf(rank(probabilities, labels)).auc;
