/** What must be finished before something else: by node, the nodes that it requires. Nodes that are named only as required may be missing. */
export type Requires = ReadonlyMap<string, readonly string[]>;

/** A ring of nodes that wait for each other, in waiting order and without repeating the first; null when there is none. */
export function ringIn(requires: Requires): string[] | null {
	const done = new Set<string>();
	const walk = (node: string, path: readonly string[]): string[] | null => {
		const at = path.indexOf(node);
		if (at >= 0) return path.slice(at);
		if (done.has(node)) return null;
		for (const next of requires.get(node) ?? []) {
			const ring = walk(next, [...path, node]);
			if (ring) return ring;
		}
		done.add(node);
		return null;
	};
	for (const node of requires.keys()) {
		const ring = walk(node, []);
		if (ring) return ring;
	}
	return null;
}

/** The nodes in an order in which each comes after what it requires; equals keep their order. A ring is cut at the node met first. */
export function inOrder(requires: Requires): string[] {
	const ordered = new Set<string>();
	const open = new Set<string>();
	const visit = (node: string): void => {
		if (ordered.has(node) || open.has(node) || !requires.has(node)) return;
		open.add(node);
		for (const next of requires.get(node) ?? []) visit(next);
		ordered.add(node);
	};
	for (const node of requires.keys()) visit(node);
	return [...ordered];
}

/** The ring in words: « Formation » attend « Mise en service », qui attend « Formation ». */
export function ringSentence(ring: readonly string[], nameOf: (id: string) => string): string {
	const names = ring.map((id) => `« ${nameOf(id)} »`);
	const [first = '', ...rest] = names;
	if (rest.length === 0) return `Le jalon ${first} ne peut pas s’attendre lui-même.`;
	return `Ces jalons s’attendraient les uns les autres : ${first} attend ${[...rest, first].join(', qui attend ')}. Retirez l’un de ces liens.`;
}
