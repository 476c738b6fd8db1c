import { dayMs } from '../../platform/time/paris.ts';
import { parseJson, type Knex } from '../../platform/directus.ts';
import { readBaskets } from './holdings.ts';
import { liftRules } from './rules/lift.ts';
import { upsellOdds, type Record as Closed } from './rules/odds.ts';
import type { Ground, LiftRule, Odds, Product } from './rules/types.ts';
import { readGrowthSettings } from './settings.ts';

/** How far back deals still say how the company sells today. */
const windowMs = 3 * 365 * dayMs;

type ProductRow = Record<string, unknown> & { id: string; name: string };

/** The median quantity of each product in won deals; lines are grouped in the database. */
async function typicalQuantities(trx: Knex): Promise<Map<string, number>> {
	const rows = (await trx('line_items as l')
		.join('opportunities as o', 'o.id', 'l.opportunity')
		.join('stages as s', 's.id', 'o.stage')
		.where('s.is_won', true)
		.whereNotNull('l.product')
		.groupBy('l.product', 'l.quantity')
		.orderBy('l.quantity')
		.select('l.product', 'l.quantity')
		.count({ n: '*' })) as { product: string; quantity: number; n: number | string }[];
	const median = (list: typeof rows): number => {
		let left = list.reduce((sum, { n }) => sum + Number(n), 0) / 2;
		for (const { quantity, n } of list) if ((left -= Number(n)) <= 0) return Number(quantity);
		return 1000;
	};
	return new Map([...Map.groupBy(rows, ({ product }) => product)].map(([product, list]) => [product, median(list)]));
}

const list = (value: unknown): string[] => parseJson<string[] | null>(value ?? null) ?? [];

async function readProducts(trx: Knex, typical: ReadonlyMap<string, number>): Promise<Map<string, Product>> {
	const rows = (await trx('products').orderBy('id').select('id', 'name', 'kind', 'status', 'price_cents', 'unit', 'billing_period', 'offer_with', 'offer_industries', 'offer_sizes', 'offer_reason')) as ProductRow[]; // prettier-ignore
	return new Map(
		rows.map((row) => [
			row.id,
			{
				id: row.id,
				name: row.name,
				kind: row['kind'] as Product['kind'],
				isActive: row['status'] === 'active',
				priceCents: Number(row['price_cents'] ?? 0),
				unit: String(row['unit']),
				billingPeriod: row['billing_period'] as string | null,
				offer: {
					with: row['offer_with'] as string | null,
					industries: list(row['offer_industries']),
					sizes: list(row['offer_sizes']),
					reason: row['offer_reason'] as string | null,
				},
				typicalQuantity: typical.get(row.id) ?? null,
			},
		]),
	);
}

type Count = { kind: string; won: unknown; n: number | string };

/** Deals closed in the last three years. */
async function readClosed(trx: Knex, now: Date): Promise<{ all: Closed; upsells: Closed; byProduct: Map<string, Closed> }> {
	const closed = (): Knex.QueryBuilder =>
		trx('opportunities as o')
			.join('stages as s', 's.id', 'o.stage')
			.where('o.closed_at', '>=', new Date(now.getTime() - windowMs))
			.where((either) => void either.where('s.is_won', true).orWhere('s.is_lost', true));
	const counts = (await closed().groupBy('o.kind', 's.is_won').select('o.kind', { won: 's.is_won' }).count({ n: '*' })) as Count[];
	const record = (rows: readonly Count[]): Closed => ({
		deals: rows.reduce((sum, { n }) => sum + Number(n), 0),
		won: rows.reduce((sum, { won, n }) => sum + (won ? Number(n) : 0), 0),
	});
	const byProduct = (await closed()
		.join('line_items as l', 'l.opportunity', 'o.id')
		.where('o.kind', 'upsell')
		.whereNotNull('l.product')
		.groupBy('l.product', 's.is_won')
		.select('l.product', { won: 's.is_won' })
		.countDistinct({ n: 'o.id' })) as (Count & { product: string })[];
	return {
		all: record(counts),
		upsells: record(counts.filter(({ kind }) => kind === 'upsell')),
		byProduct: new Map([...Map.groupBy(byProduct, ({ product }) => product)].map(([product, rows]) => [product, record(rows)])),
	};
}

/** What the company's own history says, as JSON: it travels with the parts of a run, which would each read all sales again. */
export type Learnt = { lifts: LiftRule[]; odds: [product: string, odds: Odds][] | null; typical: [product: string, quantity: number][] };

/** Reads all sales once: what goes together, how upsells end, usual quantities. A few aggregating statements. */
export async function learn(trx: Knex, now: Date): Promise<Learnt> {
	const settings = await readGrowthSettings(trx);
	const baskets = await readBaskets(trx);
	const { all, upsells, byProduct } = await readClosed(trx, now);
	const odds = upsellOdds(all, upsells, byProduct);
	return { lifts: liftRules(baskets.values(), settings), odds: odds && [...odds], typical: [...(await typicalQuantities(trx))] };
}

/** What holds for all clients: today's settings and catalogue, with what was learnt. */
export const readGround = async (trx: Knex, { lifts, odds, typical }: Learnt): Promise<Ground> => ({
	settings: await readGrowthSettings(trx),
	products: await readProducts(trx, new Map(typical)),
	lifts,
	odds: odds && new Map(odds),
});
