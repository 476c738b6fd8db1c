import { judge, type Verdict } from './assess/gates.ts';
import { eceByChance, measure, type Measured } from './assess/intervals.ts';
import type { Suspect } from './assess/leak.ts';
import { aucOf, calibrationBins, rank, type CalibrationBin } from './assess/metrics.ts';
import { learn } from './learn.ts';
import { sigmoid } from './learner.ts';
import { nameOf } from './recipes.ts';
import { limitRows, splitByTime } from './sample.ts';
import { stopwatch } from './stopwatch.ts';
import { NotLearnable, pick, type Table } from './table.ts';

/** Facts and how they ended (1 or 0); `points` are what rules gave the same rows. */
export type Sample = { table: Table; labels: ArrayLike<number>; points?: readonly number[] | undefined };
/**
 * `test` is held back by the caller, or else the newest fifth is; `gapMs` is how long an outcome takes to be known;
 * `hasDates: false` when the moments are but numbers that grow.
 */
export type Order = { train: Sample; test?: Sample | undefined; gapMs?: number | undefined; hasDates?: boolean | undefined };

/** All that a model card shows. Rates are shares of 1, times seconds or microseconds. */
export type Card = {
	learner: string;
	candidates: { name: string; logLoss: number; auc: number }[];
	isCalibrated: boolean;
	train: { rows: number; rowsBeforeLimit: number; positives: number; baseRate: number; days: number | null };
	test: { rows: number; positives: number; baseRate: number };
	metrics: Measured;
	eceByChance: number;
	calibration: CalibrationBin[];
	suspects: Suspect[];
	verdict: Verdict;
	seconds: { choice: number; training: number };
	microsecondsPerRow: number;
};

export type Developed = { card: Card; model: unknown };

const count = (labels: ArrayLike<number>): number => Array.from(labels).reduce((sum, label) => sum + label, 0);

function held({ train, test, gapMs = 0 }: Order): { train: Sample; test: Sample } {
	if (test) return { train, test };
	const parts = splitByTime(train.table, { gapMs });
	if (!parts) throw new NotLearnable('Sans date par ligne, il faut des lignes de test à part.');
	const of = (rows: number[]): Sample => ({
		table: pick(train.table, rows),
		labels: rows.map((row) => train.labels[row] as number),
		points: train.points && rows.map((row) => train.points?.[row] as number),
	});
	return { train: of(parts.train), test: of(parts.test) };
}

function daysOf({ at }: Table): number | null {
	if (!at) return null;
	const [first, last] = at.reduce(([low, high], moment) => [Math.min(low, moment), Math.max(high, moment)], [Infinity, -Infinity]) as [number, number];
	return Math.floor((last - first) / 86_400_000);
}

/** Time to predict, over at least 20,000 predictions. */
function timePrediction(predict: () => Float64Array, rows: number): number {
	predict();
	const rounds = Math.ceil(20_000 / rows);
	const since = stopwatch();
	for (let round = 0; round < rounds; round++) predict();
	return (since() * 1e6) / (rounds * rows);
}

/**
 * From facts to a model and its card: learns from the older rows, measures on rows that it has not seen, and judges whether it may be
 * used. The model that comes back is learnt from all rows when the test was taken from them, else from the training rows. Throws
 * `NotLearnable` with a French sentence. Takes seconds: see `developInThread`.
 */
export function develop(order: Order): Developed {
	const { train, test } = held(order);
	const positives = count(test.labels);
	if (positives === 0 || positives === test.table.rows) throw new NotLearnable('Toutes les lignes de test ont la même issue : rien ne peut être mesuré.');
	const limited = limitRows(train.table, Uint8Array.from(train.labels));
	const { model, candidates, calibration, suspects, seconds, outOfFold } = learn(limited.table, limited.labels);
	const probabilities = model.probabilities(test.table);
	const measured = measure(probabilities, test.labels);
	const byChance = eceByChance(probabilities);
	const trainPositives = count(limited.labels);
	const { rows } = limited.table;
	const baseRate = trainPositives / rows;
	const share = positives / test.table.rows;
	const days = order.hasDates === false ? null : daysOf(limited.table);
	const verdict = judge({
		rows,
		rarer: Math.min(trainPositives, rows - trainPositives),
		days,
		suspects,
		measured,
		outOfFold: outOfFold.labels.length > 0 ? measure(outOfFold.scores.map(sigmoid), outOfFold.labels).auc : null,
		baseBrier: share * (1 - baseRate) ** 2 + (1 - share) * baseRate ** 2,
		eceByChance: byChance,
		pointsAuc: test.points ? aucOf(test.points, test.labels) : null,
	});
	const all = order.test ? null : limitRows(order.train.table, Uint8Array.from(order.train.labels));
	return {
		card: {
			learner: nameOf(model.recipe),
			candidates: candidates.map(({ name, logLoss, auc }) => ({ name, logLoss, auc })),
			isCalibrated: calibration !== null,
			train: { rows, rowsBeforeLimit: train.table.rows, positives: trainPositives, baseRate, days },
			test: { rows: test.table.rows, positives, baseRate: share },
			metrics: measured,
			eceByChance: byChance,
			calibration: calibrationBins(rank(probabilities, test.labels)),
			suspects,
			verdict,
			seconds,
			microsecondsPerRow: timePrediction(() => model.logOdds(test.table), test.table.rows),
		},
		model: (all ? learn(all.table, all.labels).model : model).toJSON(),
	};
}
