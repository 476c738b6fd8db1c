/** What could be announced to somebody. Money in cents. */
export type Announceable = { key: string; assignee: string | null; valueCents?: number | null };

/** An owner has so many upsell alerts open at once; what is worth less waits as a proposal until one of them is dealt with. */
export const alertsPerOwner = 5;

/**
 * Which of these are announced now: for each owner the most valuable, as many as there is room for beside those that are open. `open`: how
 * many an owner has by now. A first run over all clients therefore floods nobody.
 */
export function announcedNow<T extends Announceable>(fresh: readonly T[], open: ReadonlyMap<string | null, number>): T[] {
	return [...Map.groupBy(fresh, ({ assignee }) => assignee)].flatMap(([owner, list]) =>
		list
			.toSorted((a, b) => (b.valueCents ?? 0) - (a.valueCents ?? 0) || (a.key < b.key ? -1 : 1))
			.slice(0, Math.max(0, alertsPerOwner - (open.get(owner) ?? 0))),
	);
}
