import type { LiftRule } from './types.ts';

/** Two-sided 99 %: among some hundred pairs 95 % would let a handful through by chance. */
const z = 2.576;
/** As many clients are added to the holders of a product who buy like all others: it pulls small samples towards "no link". */
export const prior = 10;

/** Holders of a product who also hold another, and how many of all clients do. */
export type Counts = { both: number; holders: number; owners: number; clients: number };

/**
 * How much more often holders of A also hold B than clients at large: P(B|A) / P(B), shrunken by `prior` holders at the base rate. The
 * interval is that of its logarithm, by the delta method on the four cells: 1/n11 − 1/n1. − 1/n.1 + (2·lift − 1)/n.
 * Null when one of the products is held by nobody.
 */
export function liftOf({ both, holders, owners, clients }: Counts): { lift: number; low: number; high: number } | null {
	if (holders === 0 || owners === 0 || clients === 0) return null;
	const base = owners / clients;
	const share = (both + prior * base) / (holders + prior);
	const lift = share / base;
	const total = clients + prior;
	const [n11, n1, n2] = [both + prior * base, holders + prior, owners + prior * base];
	const variance = Math.max(0, 1 / n11 - 1 / n1 - 1 / n2 + (2 * lift - 1) / total);
	const spread = z * Math.sqrt(variance);
	return { lift, low: lift * Math.exp(-spread), high: lift * Math.exp(spread) };
}

/**
 * Every link between two products that is worth acting on: held together by `minSupport` clients, at least `minLift` times as often as
 * usual, and more often than usual even at the lower end of the interval. `baskets`: the products of each client. In a fixed order.
 */
export function liftRules(baskets: Iterable<readonly string[]>, { minSupport, minLift }: { minSupport: number; minLift: number }): LiftRule[] {
	const single = new Map<string, number>();
	const pairs = new Map<string, Map<string, number>>();
	let clients = 0;
	for (const basket of baskets) {
		const products = [...new Set(basket)];
		if (products.length === 0) continue;
		clients += 1;
		for (const one of products) {
			single.set(one, (single.get(one) ?? 0) + 1);
			const row = pairs.get(one) ?? new Map<string, number>();
			pairs.set(one, row);
			for (const other of products) if (other !== one) row.set(other, (row.get(other) ?? 0) + 1);
		}
	}
	const rules: LiftRule[] = [];
	for (const [has, row] of pairs) {
		for (const [offers, both] of row) {
			if (both < minSupport) continue;
			const counts = { both, holders: single.get(has) ?? 0, owners: single.get(offers) ?? 0, clients };
			const found = liftOf(counts);
			if (found && found.low > 1 && found.lift >= minLift) rules.push({ has, offers, ...counts, ...found });
		}
	}
	return rules.toSorted((a, b) => b.lift - a.lift || (a.has + a.offers < b.has + b.offers ? -1 : 1));
}
