import { describe, expect, test } from 'vitest';
import { randomFrom } from '../random.ts';
import { compare, eceByChance, measure } from './intervals.ts';
import { contest } from './champion.ts';
import { calibrationBins, metricsOf, rank } from './metrics.ts';

const chances = [0.9, 0.8, 0.8, 0.7, 0.7, 0.7, 0.4, 0.3, 0.2, 0.1];
const labels = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0];

/** Rows whose outcome comes true as often as the probability says, spread from 0 to 1 by `power`. */
function honest(rows: number, seed = 1, power = 1): { chances: number[]; labels: number[] } {
	const random = randomFrom(seed);
	const own = Array.from({ length: rows }, () => random() ** power);
	return { chances: own, labels: own.map((chance) => (random() < chance ? 1 : 0)) };
}

describe('figures', () => {
	test('equal those of scikit-learn, ties included', () => {
		const { auc, prAuc } = metricsOf(rank(chances, labels));
		expect(auc).toBeCloseTo(0.7708333333333334, 12);
		expect(prAuc).toBeCloseTo(0.6845238095238095, 12);
	});

	test('are those worked out by hand', () => {
		const { accuracy, brier, logLoss, liftAt10, recallAt20 } = metricsOf(rank(chances, labels));
		expect(accuracy).toBeCloseTo(0.6, 12);
		expect(brier).toBeCloseTo((0.01 + 0.04 + 0.64 + 0.09 + 0.49 + 0.49 + 0.36 + 0.09 + 0.04 + 0.01) / 10, 12);
		const logs = [0.9, 0.8, 0.2, 0.7, 0.3, 0.3, 0.4, 0.7, 0.8, 0.9].reduce((sum, chance) => sum - Math.log(chance), 0);
		expect(logLoss).toBeCloseTo(logs / 10, 12);
		// The first tenth is one row, positive: 1 / .4. The first fifth takes half of the two rows at .8: 1.5 of 4.
		expect(liftAt10).toBeCloseTo(2.5, 12);
		expect(recallAt20).toBeCloseTo(1.5 / 4, 12);
	});

	test('do not depend on the order of rows', () => {
		const order = [3, 9, 1, 0, 8, 2, 7, 5, 4, 6];
		const mixed = rank(
			order.map((row) => chances[row] as number),
			order.map((row) => labels[row] as number),
		);
		expect(metricsOf(mixed)).toEqual(metricsOf(rank(chances, labels)));
		expect(
			measure(
				order.map((row) => chances[row] as number),
				order.map((row) => labels[row] as number),
			),
		).toEqual(measure(chances, labels));
	});

	test('call a constant prediction at the base rate calibrated, and one far off not', () => {
		const outcomes = Array.from({ length: 1000 }, (_, row) => (row % 4 === 0 ? 1 : 0));
		expect(
			metricsOf(
				rank(
					outcomes.map(() => 0.25),
					outcomes,
				),
			).ece,
		).toBeCloseTo(0, 12);
		expect(
			metricsOf(
				rank(
					outcomes.map(() => 0.25),
					outcomes,
				),
			).auc,
		).toBe(0.5);
		expect(
			metricsOf(
				rank(
					outcomes.map(() => 0.6),
					outcomes,
				),
			).ece,
		).toBeCloseTo(0.35, 12);
	});

	test('show calibration in ten bins of equal size from low to high', () => {
		const bins = calibrationBins(rank(honest(2000).chances, honest(2000).labels));
		expect(bins.map(({ rows }) => rows)).toEqual(Array.from({ length: 10 }, () => 200));
		bins.forEach(({ meanProbability, share }, place) => {
			expect(meanProbability).toBeCloseTo(0.05 + place / 10, 1);
			expect(Math.abs(share - meanProbability)).toBeLessThan(0.12);
		});
	});
});

describe('intervals', () => {
	test('hold the value, narrow with more rows, and are the same for the same seed', () => {
		const [few, many] = [honest(100), honest(5000)].map((one) => measure(one.chances, one.labels));
		for (const measured of [few, many]) for (const { value, low, high } of Object.values(measured ?? {})) expect(low <= value && value <= high).toBe(true);
		const width = ({ low, high }: { low: number; high: number }): number => high - low;
		expect(few && many && width(few.auc) > 4 * width(many.auc)).toBe(true);
		expect(measure(honest(100).chances, honest(100).labels)).toEqual(few);
	});

	test('hold the true AUC in about 95 of 100 samples', () => {
		// AUC of p uniform and y ~ p: 5/6.
		const hits = Array.from({ length: 100 }, (_, seed) => honest(300, seed + 10)).filter((one) => {
			const { low, high } = measure(one.chances, one.labels, { rounds: 200 }).auc;
			return low <= 5 / 6 && 5 / 6 <= high;
		});
		expect(hits.length).toBeGreaterThanOrEqual(88);
	});

	test('tell what calibration error chance alone makes', () => {
		const few = eceByChance(honest(100).chances);
		expect(few > 0.05 && few > 3 * eceByChance(honest(5000).chances)).toBe(true);
		const within = Array.from({ length: 60 }, (_, seed) => honest(200, seed + 5)).filter(
			(one) => metricsOf(rank(one.chances, one.labels)).ece <= eceByChance(one.chances),
		);
		expect(within.length).toBeGreaterThanOrEqual(53);
	});
});

describe('a challenger', () => {
	const rows = honest(1500, 3);
	const worse = rows.chances.map((chance, row) => 0.5 + 0.4 * (((row * 7919) % 100) / 100 - 0.5) + 0.1 * (chance - 0.5));

	test('takes the place of a worse champion, and never of a better or equal one', () => {
		expect(contest(worse, rows.chances, rows.labels).isReplaced).toBe(true);
		expect(contest(rows.chances, worse, rows.labels).isReplaced).toBe(false);
		expect(contest(rows.chances, rows.chances, rows.labels)).toMatchObject({ isReplaced: false, auc: { value: 0, low: 0, high: 0 } });
	});

	test('that is better calibrated but ranks worse stays outside', () => {
		const squeezed = rows.chances.map((chance) => 0.9999 * chance ** 12 + 0.00005);
		const flat = rows.chances.map(() => 0.5);
		const found = contest(squeezed, flat, rows.labels);
		expect(found.logLoss.value).toBeLessThan(0);
		expect(found.isReplaced).toBe(false);
		expect(found.sentence).toContain('conservé');
	});

	test('is compared on differences, row by row', () => {
		expect(compare(worse, rows.chances, rows.labels).auc.low).toBeGreaterThan(0.2);
	});
});
