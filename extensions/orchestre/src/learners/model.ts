import { driftOf, type Drift, type Profile } from './assess/drift.ts';
import type { Calibration } from './calibration.ts';
import { encode, type Encoding } from './encoding.ts';
import { gbdt } from './gbdt/gbdt.ts';
import { sigmoid, type Fitted, type Recipe } from './learner.ts';
import { ridge } from './ridge.ts';
import { NotLearnable, type Table } from './table.ts';

/** Raised whenever the meaning of the stored form changes; a model of another schema is refused, and learnt again. */
export const modelSchema = 1;

export type Parts = { encoding: Encoding; recipe: Recipe; fitted: Fitted; calibration: Calibration | null; profile: Profile };

export type Model = {
	/** Fields in the order of contributions. */
	fields: readonly string[];
	recipe: Recipe;
	/** Log-odds of each row. Throws `NotLearnable` when the table lacks a field. */
	logOdds: (table: Table) => Float64Array;
	probabilities: (table: Table) => Float64Array;
	/** Row by row what each field adds to the log-odds: base + values of a row = its log-odds. */
	contributions: (table: Table) => { base: number; values: Float64Array };
	drift: (table: Table) => Drift;
	toJSON: () => unknown;
};

export function modelOf({ encoding, recipe, fitted, calibration, profile }: Parts): Model {
	const { slope, shift } = calibration ?? { slope: 1, shift: 0 };
	const raw = (table: Table): Float64Array => fitted.predict(encode(encoding, table));
	const logOdds = (table: Table): Float64Array => raw(table).map((score) => slope * score + shift);
	return {
		fields: encoding.fields.map(({ name }) => name),
		recipe,
		logOdds,
		probabilities: (table) => logOdds(table).map(sigmoid),
		contributions: (table) => {
			const { base, values } = fitted.contributions(encode(encoding, table));
			return { base: slope * base + shift, values: values.map((value) => slope * value) };
		},
		drift: (table) => driftOf(profile, encode(encoding, table), raw(table)),
		toJSON: () => ({ schema: modelSchema, encoding, recipe, calibration, profile, learner: fitted.toJSON() }),
	};
}

export const learnerOf = (recipe: Recipe): { fit: (encoding: Encoding, ...rest: [Parameters<typeof gbdt.fit>[1], Uint8Array]) => Fitted } => ({
	fit: (encoding, matrix, labels) => (recipe.learner === 'ridge' ? ridge.fit(encoding, matrix, labels, recipe) : gbdt.fit(encoding, matrix, labels, recipe)),
});

type Stored = { schema: number; encoding: Encoding; recipe: Recipe; calibration: Calibration | null; profile: Profile; learner: unknown };

/** The model that `toJSON` told, to the bit. Throws `NotLearnable` for anything else. */
export function modelFromJSON(json: unknown): Model {
	const stored = json as Partial<Stored> | null;
	if (typeof stored !== 'object' || stored?.schema !== modelSchema)
		throw new NotLearnable('Ce modèle a été enregistré par une autre version d’Orchestre : il doit être réentraîné avant de servir.');
	const { encoding, recipe, calibration, profile, learner } = stored;
	if (!encoding || !recipe || !profile || !learner) throw new NotLearnable('Ce modèle est incomplet : il doit être réentraîné.');
	const fitted = (recipe.learner === 'ridge' ? ridge : gbdt).fromJSON(encoding, learner);
	return modelOf({ encoding, recipe, fitted, calibration: calibration ?? null, profile });
}
