import { codeCount, type Encoding, type Matrix } from '../encoding.ts';
import { binOf } from '../gbdt/bins.ts';
import { quantile } from './intervals.ts';

/** How a column was spread: share of rows below each edge (and of missing ones), or of each code. */
type Spread = { edges: number[] | null; shares: number[] };
export type Profile = { rows: number; score: Spread; fields: { name: string; spread: Spread }[] };

export type DriftState = 'steady' | 'warning' | 'alarm' | 'too-few-rows';
export type Drift = { state: DriftState; score: number; fields: { name: string; psi: number }[]; sentence: string };

export const driftWarning = 0.1;
export const driftAlarm = 0.25;
/** Below this chance alone makes an index of about a warning. */
export const driftLeastRows = 500;

function sharesOf(column: ArrayLike<number>, edges: readonly number[] | null, size: number): number[] {
	const counts = Array.from({ length: size }, () => 0);
	const own = edges ? Float64Array.from(edges) : null;
	for (let row = 0; row < column.length; row++) {
		const value = column[row] as number;
		const bin = own ? (Number.isNaN(value) ? size - 1 : binOf(own, value)) : value;
		counts[bin] = (counts[bin] as number) + 1;
	}
	return counts.map((count) => count / column.length);
}

/** Ten bins of equal size, fewer where values repeat, and one for missing values. */
function spreadOf(column: Float64Array): Spread {
	const sorted = column.filter((value) => !Number.isNaN(value)).sort();
	const edges = sorted.length === 0 ? [] : [...new Set(Array.from({ length: 9 }, (_, place) => quantile(sorted, (place + 1) / 10)))];
	return { edges, shares: sharesOf(column, edges, edges.length + 2) };
}

/** What to keep of the training rows to notice later that the world has changed. `scores` are honest ones: out of fold. */
export function profileOf({ fields }: Encoding, { columns, rows }: Matrix, scores: Float64Array): Profile {
	const spreads = fields.map((field, index) => {
		const column = columns[index] as Float64Array;
		return { name: field.name, spread: field.kind === 'category' ? { edges: null, shares: sharesOf(column, null, codeCount(field)) } : spreadOf(column) };
	});
	return { rows, score: spreadOf(scores), fields: spreads };
}

/** Population stability index: sum of (new - old) ln(new / old) over bins; empty bins count as one in ten thousand. */
export function psi(before: readonly number[], after: readonly number[]): number {
	return before.reduce((sum, share, bin) => {
		const [old, now] = [Math.max(share, 1e-4), Math.max(after[bin] ?? 0, 1e-4)];
		return sum + (now - old) * Math.log(now / old);
	}, 0);
}

/** How far rows of today are from those of the training: warning from .10, alarm from .25, no word below 500 rows. */
export function driftOf(profile: Profile, { columns, rows }: Matrix, scores: Float64Array): Drift {
	const against = ({ edges, shares }: Spread, column: Float64Array): number => psi(shares, sharesOf(column, edges, shares.length));
	if (rows < driftLeastRows)
		return {
			state: 'too-few-rows',
			score: 0,
			fields: [],
			sentence: `Dérive non mesurée : il faut ${driftLeastRows} lignes, il y en a ${rows.toLocaleString('fr-FR')}.`,
		};
	const score = against(profile.score, scores);
	const fields = profile.fields
		.map(({ name, spread }, index) => ({ name, psi: against(spread, columns[index] as Float64Array) }))
		.sort((one, two) => two.psi - one.psi);
	const worst = Math.max(score, fields[0]?.psi ?? 0);
	const state = worst >= driftAlarm ? 'alarm' : worst >= driftWarning ? 'warning' : 'steady';
	const named = fields.filter((field) => field.psi >= driftWarning).slice(0, 3);
	const where = named.length > 0 ? ` (${named.map(({ name }) => `« ${name} »`).join(', ')})` : '';
	const sentences = {
		steady: 'Les données ressemblent à celles de l’apprentissage.',
		warning: `Les données s’éloignent de celles de l’apprentissage${where} : à surveiller.`,
		alarm: `Les données ne ressemblent plus à celles de l’apprentissage${where} : le modèle doit être réentraîné.`,
	};
	return { state, score, fields, sentence: sentences[state] };
}
