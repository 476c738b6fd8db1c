export type Reason = { field: string; logOdds: number };
export type Reasons = { base: number; logOdds: number; favourable: Reason[]; adverse: Reason[]; rest: number };

/**
 * The strongest fields for and against, three each by default; base + favourable + adverse + rest is the row's log-odds. What a field
 * adds is associated with the outcome, not its cause: the words for people have to say so.
 */
export function reasonsOf(names: readonly string[], base: number, values: ArrayLike<number>, { most = 3 } = {}): Reasons {
	const all = names.map((field, index) => ({ field, logOdds: values[index] as number }));
	const sorted = all
		.filter(({ logOdds }) => Math.abs(logOdds) > 1e-9)
		.sort((one, two) => Math.abs(two.logOdds) - Math.abs(one.logOdds) || (one.field < two.field ? -1 : 1));
	const favourable = sorted.filter(({ logOdds }) => logOdds > 0).slice(0, most);
	const adverse = sorted.filter(({ logOdds }) => logOdds < 0).slice(0, most);
	const sum = (reasons: readonly Reason[]): number => reasons.reduce((total, { logOdds }) => total + logOdds, 0);
	const rest = sum(all) - sum(favourable) - sum(adverse);
	return { base, logOdds: base + sum(all), favourable, adverse, rest };
}
