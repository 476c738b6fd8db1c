type Ranked = { id: string; name: string; priority: number };

/** Sequences in the order in which they may take a person: lowest rank first, then by name, so that the choice can be repeated. */
export const byRank = <S extends Ranked>(sequences: readonly S[]): S[] =>
	sequences.toSorted((a, b) => a.priority - b.priority || a.name.localeCompare(b.name, 'fr') || a.id.localeCompare(b.id));
