/** Pure rules of who gets what when a whole team takes over. */

export type Piece = {
	/** `collection:id`. */
	id: string;
	/** What it belongs to, nearest first, as ids of pieces or of rows that stay where they are. */
	belongsTo: readonly string[];
};

/** A member of the team, and how much they have on their hands already. */
export type Taker = { user: string; load: number };

/** The piece at the head of what this one belongs to, as far as it is handed over, too. */
function rootOf(piece: Piece, pieces: ReadonlyMap<string, Piece>, seen: ReadonlySet<string> = new Set()): string {
	const parent = piece.belongsTo.find((id) => pieces.has(id) && !seen.has(id));
	const next = parent === undefined ? undefined : pieces.get(parent);
	if (next) return rootOf(next, pieces, new Set([...seen, piece.id]));
	// Nothing above it moves: what hangs on the same client still stays together.
	return piece.belongsTo.at(-1) ?? piece.id;
}

/**
 * Shares pieces out among a team: what belongs together goes to one person, the largest heap first to whoever has least. Ties go to
 * the smaller id, so that a preview says what will be done. Returns the taker of every piece.
 */
export function share(pieces: readonly Piece[], takers: readonly Taker[]): Map<string, string> {
	const byId = new Map(pieces.map((piece) => [piece.id, piece]));
	const heaps = new Map<string, string[]>();
	for (const piece of pieces) {
		const root = rootOf(piece, byId);
		heaps.set(root, [...(heaps.get(root) ?? []), piece.id]);
	}
	const loads = new Map(takers.map(({ user, load }) => [user, load]));
	const taken = new Map<string, string>();
	for (const [, heap] of [...heaps].toSorted(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))) {
		const [least] = [...loads].toSorted(([a, left], [b, right]) => left - right || (a < b ? -1 : 1));
		if (!least) return taken;
		for (const id of heap) taken.set(id, least[0]);
		loads.set(least[0], least[1] + heap.length);
	}
	return taken;
}
