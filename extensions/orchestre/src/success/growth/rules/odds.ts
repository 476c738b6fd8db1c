import { wilson } from '../../interval.ts';
import type { Odds } from './types.ts';

/** Closed deals: how many, and how many of them won. */
export type Record = { deals: number; won: number };

/** As many deals at the rate of all kinds are added to the upsells, and as many at the upsells' rate to those of one product. */
const strength = { all: 10, product: 20 } as const;

function shrunken({ deals, won }: Record, towards: number, by: number): Odds {
	const probability = (won + by * towards) / (deals + by);
	return { probability, ...wilson(probability, deals + by), deals, won };
}

/**
 * The chance that an upsell is won, by product and (under '') for any: the share of past upsells that were won, drawn towards that of
 * all deals, and a product's own towards the upsells'. It is a base rate of deals that somebody opened, not a forecast for one client.
 * Null while no deal at all was closed.
 */
export function upsellOdds(all: Record, upsells: Record, byProduct: ReadonlyMap<string, Record>): Map<string, Odds> | null {
	if (all.deals === 0) return null;
	const base = shrunken(upsells, all.won / all.deals, strength.all);
	return new Map([['', base], ...[...byProduct].map(([product, record]) => [product, shrunken(record, base.probability, strength.product)] as const)]);
}
