import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learn } from './learn.ts';
import type { Recipe } from './learner.ts';
import { madeUp } from './made-up.ts';
import { modelFromJSON } from './model.ts';
import { randomFrom } from './random.ts';
import { recipesFor } from './recipes.ts';
import { NotLearnable, pick, type Cell, type Table } from './table.ts';

const recipes: readonly Recipe[] = [
	{ learner: 'ridge', l2: 10 },
	{ learner: 'gbdt', rounds: 15, rate: 0.1, leaves: 6, minLeaf: 8, lambda: 1, rowShare: 0.8, fieldShare: 0.8, bins: 64, seed: 42 },
];
const { table, labels } = madeUp(700);
const shuffled = (size: number, seed: number): number[] => {
	const random = randomFrom(seed);
	return Array.from({ length: size }, (_, row) => ({ row, at: random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ row }) => row);
};
const renamed = (source: Table, rename: (name: string) => string): Table => ({
	...source,
	columns: source.columns.map((column, index) =>
		source.fields[index]?.kind === 'category' ? column.map((cell): Cell => (typeof cell === 'string' ? rename(cell) : cell)) : column,
	),
});

describe.each(recipes)('what $learner learns', (recipe) => {
	const learnt = learn(table, labels, [recipe]);
	const json = JSON.stringify(learnt.model);

	test('is the same to the bit each time', () => {
		expect(JSON.stringify(learn(table, labels, [recipe]).model)).toBe(json);
	});

	test('does not depend on the order of rows or columns', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
				const order = shuffled(table.rows, seed);
				const mixed = pick(table, order);
				const turned = { ...mixed, fields: mixed.fields.toReversed(), columns: mixed.columns.toReversed() };
				const other = learn(
					turned,
					order.map((row) => labels[row] as number),
					[recipe],
				);
				expect(JSON.stringify(other.model)).toBe(json);
				expect(other.candidates).toEqual(learnt.candidates);
			}),
			{ numRuns: 5 },
		);
	});

	test('does not depend on what categories are called', () => {
		const names = ['salon', 'site', 'appel', 'partenaire', 'annuaire'];
		fc.assert(
			fc.property(fc.shuffledSubarray(names, { minLength: 5, maxLength: 5 }), (others) => {
				const rename = (name: string): string => `étape ${others[names.indexOf(name)]}`;
				const other = learn(renamed(table, rename), labels, [recipe]).model;
				expect(other.logOdds(renamed(table, rename))).toEqual(learnt.model.logOdds(table));
				expect(other.contributions(renamed(table, rename))).toEqual(learnt.model.contributions(table));
			}),
			{ numRuns: 5 },
		);
	});

	test('does not change when levels are equally frequent', () => {
		const even = { ...table, columns: table.columns.map((column, index) => (index === 1 ? column.map((_, row): Cell => 'abcd'[row % 4] as string) : column)) };
		const swap: Record<string, string> = { a: 'd', b: 'c', c: 'a', d: 'b' };
		const other = renamed(even, (name) => swap[name] as string);
		expect(learn(other, labels, [recipe]).model.logOdds(other)).toEqual(learn(even, labels, [recipe]).model.logOdds(even));
	});

	test('comes back from JSON to the bit', () => {
		const back = modelFromJSON(JSON.parse(json));
		expect(back.logOdds(table)).toEqual(learnt.model.logOdds(table));
		expect(back.contributions(table)).toEqual(learnt.model.contributions(table));
		expect(JSON.stringify(back)).toBe(json);
	});

	test('is explained by contributions that sum to the calibrated log-odds', () => {
		const large = madeUp(1500, 4, 2);
		const { model } = learn(large.table, large.labels, [recipe]);
		const { base, values } = model.contributions(large.table);
		model.logOdds(large.table).forEach((score, row) => {
			const sum = values.subarray(row * 4, row * 4 + 4).reduce((total, value) => total + value, base);
			expect(Math.abs(sum - score)).toBeLessThan(1e-9);
		});
	});

	test('bears missing cells, levels never seen and numbers beyond those of the training', () => {
		const columns: Cell[][] = [
			[null, 1e12, -1e12],
			[null, 'jamais vu', 'salon'],
			[null, 3, Number.NaN],
			[null, 0.5, 0.5],
		];
		const scores = learnt.model.probabilities({ fields: table.fields, rows: 3, columns });
		for (const score of scores) expect(score > 0 && score < 1).toBe(true);
	});

	test('finds the planted signal, and none in noise', () => {
		const random = randomFrom(9);
		expect(learnt.candidates[0]?.auc).toBeGreaterThan(0.68);
		const [noise] = learn(
			table,
			labels.map(() => (random() < 0.4 ? 1 : 0)),
			[recipe],
		).candidates;
		expect(Math.abs((noise?.auc ?? 0) - 0.5)).toBeLessThan(0.06);
	});
});

describe('a model', () => {
	const { model } = learn(table, labels, [recipes[0] as Recipe]);

	test('of another schema is refused', () => {
		expect(() => modelFromJSON({ ...(model.toJSON() as object), schema: 0 })).toThrow(/autre version/);
		expect(() => modelFromJSON(null)).toThrow(NotLearnable);
		expect(() => modelFromJSON({ schema: 1 })).toThrow(/incomplet/);
	});

	test('refuses rows without one of its fields or with one of another kind', () => {
		expect(() => model.logOdds({ ...table, fields: table.fields.slice(1), columns: table.columns.slice(1) })).toThrow(/« budget »/);
		expect(() => model.logOdds({ ...table, fields: table.fields.map((field) => ({ ...field, kind: 'number' as const })) })).toThrow(/« source »/);
	});

	test('counts dates as days before the row, and needs to know the moment', () => {
		const dayMs = 86_400_000;
		const dates = Array.from({ length: 300 }, (_, row) => row * dayMs);
		const ages = Array.from({ length: 300 }, (_, row) => (row * 7919) % 200);
		const dated: Table = {
			fields: [{ name: 'contact', kind: 'date' }],
			columns: [dates.map((at, row) => at - (ages[row] as number) * dayMs)],
			rows: 300,
			at: dates,
		};
		const { model: aged } = learn(
			dated,
			ages.map((age) => (age < 60 ? 1 : 0)),
		);
		const [young, old] = aged.probabilities({ fields: dated.fields, columns: [[1e12 - 10 * dayMs, 1e12 - 150 * dayMs]], rows: 2, at: [1e12, 1e12] });
		expect((young as number) > 0.8 && (old as number) < 0.2).toBe(true);
		expect(() => aged.logOdds({ fields: dated.fields, columns: [[0]], rows: 1 })).toThrow(/moment/);
	});
});

describe('learning', () => {
	test('needs two outcomes and a row', () => {
		expect(() =>
			learn(
				table,
				labels.map(() => 1),
			),
		).toThrow(/même issue/);
		expect(() => learn(pick(table, []), [])).toThrow(/aucune ligne/);
	});

	test('tries what fits the size of the table', () => {
		expect(recipesFor(150).map(({ learner }) => learner)).toEqual(['ridge']);
		expect(recipesFor(500).map(({ learner }) => learner)).toEqual(['ridge', 'gbdt']);
		expect(recipesFor(5000)).toHaveLength(3);
	});

	test('does not let a copied row predict itself', () => {
		const random = randomFrom(3);
		const small = madeUp(150, 8, 0);
		const copied = pick(
			small.table,
			shuffled(900, 2).map((row) => row % 150),
		);
		const noise = Array.from({ length: 150 }, () => (random() < 0.5 ? 1 : 0));
		const [best] = learn(
			copied,
			shuffled(900, 2).map((row) => noise[row % 150] as number),
			[recipes[1] as Recipe],
		).candidates;
		expect(best?.auc).toBeLessThan(0.65);
	});

	test('prefers what predicts the newest rows when rows have moments', () => {
		const at = labels.map((_, row) => row * 1000);
		const { outOfFold } = learn({ ...table, at }, labels, [recipes[0] as Recipe]);
		expect(outOfFold.labels.length).toBe(350);
	});
});
