import type { GbdtRecipe, Recipe, RidgeRecipe } from './learner.ts';

const ridgeOf = (l2: number): RidgeRecipe => ({ learner: 'ridge', l2 });
const gbdtOf = (own: Pick<GbdtRecipe, 'rounds' | 'leaves' | 'minLeaf'> & Partial<GbdtRecipe>): GbdtRecipe => ({
	learner: 'gbdt',
	rate: 0.05,
	lambda: 1,
	rowShare: 0.8,
	fieldShare: 0.8,
	bins: 64,
	seed: 42,
	...own,
});

const small = gbdtOf({ rounds: 100, leaves: 6, minLeaf: 8 });
const middle = gbdtOf({ rounds: 150, leaves: 8, minLeaf: 20 });
const large = gbdtOf({ rounds: 200, leaves: 8, minLeaf: 20, rate: 0.08 });

/**
 * What is tried on a table of this size, simplest first (measured in docs/decisions/100). Large tables get more and
 * larger steps rather than more leaves: explanations are looked up in tables of 2^(leaves - 1) entries a tree.
 */
export function recipesFor(rows: number): Recipe[] {
	if (rows < 200) return [ridgeOf(30)];
	if (rows < 1000) return [ridgeOf(30), small];
	if (rows < 10_000) return [ridgeOf(10), small, middle];
	return [ridgeOf(10), middle, large];
}

export function nameOf(recipe: Recipe): string {
	return recipe.learner === 'ridge' ? `ridge (L2 ${recipe.l2})` : `GBDT (${recipe.rounds} × ${recipe.leaves})`;
}
