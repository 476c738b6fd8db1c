import { describe, expect, test } from 'vitest';
import { calibrate } from '../calibration.ts';
import { encode, fitEncoding } from '../encoding.ts';
import { learn, prepare } from '../learn.ts';
import { logOddsOf } from '../learner.ts';
import { madeUp } from '../made-up.ts';
import { randomFrom } from '../random.ts';
import { reasonsOf } from '../reasons.ts';
import type { Cell, Table } from '../table.ts';
import { betaBelow, betaQuantile, estimate } from './estimate.ts';
import { judge, type Evidence } from './gates.ts';
import { aucByField, suspectsOf } from './leak.ts';
import { psi } from './drift.ts';

const at = (value: number, spread: number): { value: number; low: number; high: number } => ({ value, low: value - spread, high: value + spread });
const good: Evidence = {
	rows: 1000,
	rarer: 250,
	days: 400,
	suspects: [],
	measured: {
		auc: at(0.8, 0.05),
		prAuc: at(0.6, 0.1),
		accuracy: at(0.8, 0.02),
		brier: at(0.14, 0.01),
		ece: at(0.03, 0.01),
		logLoss: at(0.4, 0.02),
		liftAt10: at(2.5, 0.3),
		recallAt20: at(0.5, 0.05),
	},
	outOfFold: at(0.79, 0.03),
	baseBrier: 0.19,
	eceByChance: 0.04,
	pointsAuc: 0.7,
};

describe('the gate', () => {
	test('lets a good model through and says how good it is', () => {
		expect(judge(good)).toMatchObject({ state: 'accepted', sentence: expect.stringContaining('AUC 0,800 (de 0,750 à 0,850)') });
		expect(judge({ ...good, days: null, pointsAuc: null, outOfFold: null }).state).toBe('accepted');
	});

	test.each([
		['too few outcomes to begin', { rarer: 39 }, 'points', '39'],
		['few outcomes', { rarer: 99 }, 'shadow', '99'],
		['few rows', { rows: 299 }, 'shadow', '299'],
		['a short history', { days: 89 }, 'shadow', '89 jours'],
		['an AUC that may be chance', { measured: { ...good.measured, auc: at(0.6, 0.05) } }, 'refused', '0,550'],
		['an AUC that was chance in training', { outOfFold: at(0.57, 0.03) }, 'refused', '0,540'],
		['points that rank better', { pointsAuc: 0.81 }, 'refused', '0,810'],
		['a Brier score no better than the base rate', { measured: { ...good.measured, brier: at(0.19, 0.01) } }, 'refused', '0,1900'],
		['percentages that mislead', { measured: { ...good.measured, ece: at(0.07, 0.01) } }, 'refused', '0,070'],
		['a field that knows the outcome', { suspects: [{ name: 'motif de perte', auc: 0.99 }] }, 'refused', 'motif de perte'],
	] as const)('stops at %s', (_, change, state, words) => {
		const verdict = judge({ ...good, ...change });
		expect(verdict.state).toBe(state);
		expect(verdict.sentence).toContain(words);
		expect(verdict.checks.filter(({ isPassed }) => !isPassed).length).toBeGreaterThan(0);
	});
});

describe('an estimate from few outcomes', () => {
	test('is the one of the design: 17 won, 23 lost, 31–58 %', () => {
		expect(estimate(17, 23).sentence).toBe('17 gagnées, 23 perdues : 31–58 %');
		expect(estimate(1, 0).sentence).toMatch(/^1 gagnée, 0 perdue : /);
	});

	test('is drawn towards the prior, less the more there is', () => {
		expect(estimate(0, 0, { prior: 0.2 }).value).toBeCloseTo(0.2, 12);
		expect(estimate(3, 0, { prior: 0.2 }).value).toBeCloseTo(5 / 13, 12);
		const [few, many] = [estimate(4, 4), estimate(400, 400)];
		expect(few.high - few.low).toBeGreaterThan(4 * (many.high - many.low));
	});

	test('uses the beta distribution of SciPy', () => {
		expect(betaQuantile(0.025, 22, 28)).toBeCloseTo(0.30665375, 8);
		expect(betaQuantile(0.975, 22, 28)).toBeCloseTo(0.57789595, 8);
		expect(betaQuantile(0.1, 0.7, 3.2)).toBeCloseTo(0.01078388739675641, 10);
		expect(betaBelow(0.3, 12, 5)).toBeCloseTo(0.00026583130544849984, 12);
	});
});

describe('calibration', () => {
	const sample = (rows: number, factor: number): { scores: Float64Array; labels: Uint8Array } => {
		const random = randomFrom(6);
		const chances = Array.from({ length: rows }, () => 0.02 + 0.96 * random());
		return {
			scores: Float64Array.from(chances, (chance) => factor * logOddsOf(chance)),
			labels: Uint8Array.from(chances, (chance) => (random() < chance ? 1 : 0)),
		};
	};
	test('mends scores that are too sure of themselves', () => {
		const { scores, labels } = sample(3000, 2);
		expect(calibrate(scores, labels)?.slope).toBeCloseTo(0.5, 1);
	});
	test('needs 1,000 rows that were not learnt from', () => {
		const { scores, labels } = sample(999, 2);
		expect(calibrate(scores, labels)).toBeNull();
	});
	test('leaves alone what it does not improve', () => {
		const random = randomFrom(8);
		const constant = new Float64Array(2000);
		expect(
			calibrate(
				constant,
				Uint8Array.from(constant, (_, row) => Math.floor(row / 2) % 2),
			),
		).toBeNull();
		expect(
			calibrate(
				Float64Array.from({ length: 2000 }, () => logOddsOf(random())),
				Uint8Array.from({ length: 2000 }, (_, row) => row % 2),
			)?.slope ?? 1,
		).toBeGreaterThan(0);
	});
});

describe('a leak', () => {
	const { table, labels } = madeUp(600);
	const withField = (cells: Cell[], kind: 'number' | 'category'): Table => ({
		...table,
		fields: [...table.fields, { name: 'suspect', kind }],
		columns: [...table.columns, cells],
	});
	const suspects = (source: Table): string[] => {
		const { encoding, matrix, labels: ordered } = prepare(source, labels);
		return suspectsOf(aucByField(encoding, matrix, ordered)).map(({ name }) => name);
	};
	test('is named whatever its shape: a number, a level, a band in the middle, being filled at all', () => {
		expect(
			suspects(
				withField(
					labels.map((label, row) => label * 50 + (row % 10)),
					'number',
				),
			),
		).toEqual(['suspect']);
		expect(
			suspects(
				withField(
					labels.map((label) => (label ? 'signé' : 'abandonné')),
					'category',
				),
			),
		).toEqual(['suspect']);
		expect(
			suspects(
				withField(
					labels.map((label, row) => (label ? 50 + (row % 5) : row % 2 ? row % 40 : 60 + (row % 40))),
					'number',
				),
			),
		).toEqual(['suspect']);
		expect(
			suspects(
				withField(
					labels.map((label, row) => (label ? null : row)),
					'number',
				),
			),
		).toEqual(['suspect']);
	});
	test('is not seen in honest or meaningless fields', () => {
		expect(suspects(table)).toEqual([]);
		expect(
			suspects(
				withField(
					labels.map((_, row) => row),
					'number',
				),
			),
		).toEqual([]);
	});
	test('is not taken from chance in a small table where each row has its own value', () => {
		const small = madeUp(60, 3);
		const { encoding, matrix, labels: ordered } = prepare(small.table, small.labels);
		expect(Math.max(...aucByField(encoding, matrix, ordered).map(({ auc }) => auc))).toBeLessThan(0.9);
	});
});

describe('drift', () => {
	const { table, labels } = madeUp(2000);
	const { model } = learn(table, labels);
	test('is steady for rows of the same kind', () => {
		expect(model.drift(madeUp(2000, 99).table)).toMatchObject({ state: 'steady' });
	});
	test('names the field that has moved', () => {
		const moved = { ...table, columns: table.columns.map((column, index) => (index === 2 ? column.map((cell): Cell => (cell as number) + 6) : column)) };
		const drift = model.drift(moved);
		expect(drift).toMatchObject({ state: 'alarm', sentence: expect.stringContaining('« visites »') });
		expect(drift.fields[0]?.name).toBe('visites');
	});
	test('notices values that are no longer filled in', () => {
		const emptied = { ...table, columns: table.columns.map((column, index) => (index === 3 ? column.map((): Cell => null) : column)) };
		const [worst] = model.drift(emptied).fields;
		expect(worst?.name).toBe('bruit');
		expect(worst?.psi).toBeGreaterThan(5);
	});
	test('says nothing below 500 rows', () => {
		expect(model.drift(madeUp(499).table).state).toBe('too-few-rows');
	});
	test('is the population stability index', () => {
		expect(psi([0.5, 0.5], [0.5, 0.5])).toBe(0);
		expect(psi([0.5, 0.5], [0.7, 0.3])).toBeCloseTo(0.2 * Math.log(1.4) - 0.2 * Math.log(0.6), 12);
	});
	test('counts unseen levels', () => {
		const encoding = fitEncoding(table, labels);
		const other = { ...table, columns: table.columns.map((column, index) => (index === 1 ? column.map((): Cell => 'nouveau') : column)) };
		expect(new Set(encode(encoding, other).columns[encoding.fields.findIndex(({ name }) => name === 'source')])).toEqual(new Set([5]));
		expect(model.drift(other).fields[0]?.name).toBe('source');
	});
});

test('reasons are the strongest three for and against, and add up with the rest', () => {
	const values = [0.5, -0.2, 0.1, 0.9, -1.4, 0, -0.3, 0.05, -0.01, 0.2];
	const names = [...'abcdefghij'];
	const { favourable, adverse, base, rest, logOdds } = reasonsOf(names, -1, values);
	expect(favourable.map(({ field }) => field)).toEqual(['d', 'a', 'j']);
	expect(adverse.map(({ field }) => field)).toEqual(['e', 'g', 'b']);
	const shown = [...favourable, ...adverse].reduce((sum, { logOdds: own }) => sum + own, 0);
	expect(base + shown + rest).toBeCloseTo(logOdds, 12);
	expect(logOdds).toBeCloseTo(
		values.reduce((sum, value) => sum + value, -1),
		12,
	);
});
