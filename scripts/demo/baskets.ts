import type { Company } from './companies.ts';
import { product } from './products.ts';
import type { Product } from './products.ts';
import type { Random } from './random.ts';

/** One line of a deal: quantity in pieces, users or days. */
export type BasketLine = { product: Product; quantity: number };

/** How many users a firm of this size equips. */
const userRanges: Record<string, [number, number]> = { '1-9': [2, 5], '10-49': [4, 16], '50-249': [12, 45], '250-999': [30, 110], '1000+': [60, 180] };

export function usersOf(random: Random, size: string): number {
	const [low, high] = userRanges[size] ?? [2, 5];
	return Math.round(low + (high - low) * random.next() ** 1.5);
}

/** Months of a subscription that the value of a deal counts: its first year. */
const months = 12;

export const monthlyCents = ({ product: { kind, price }, quantity }: BasketLine): number => (kind === 'subscription' ? price * quantity : 0);

/** What a deal is worth: once for services and goods, the first year for subscriptions. */
export const worthCents = (lines: readonly BasketLine[]): number =>
	lines.reduce((sum, line) => sum + (line.product.kind === 'subscription' ? monthlyCents(line) * months : line.product.price * line.quantity), 0);

const moduleKeys = ['planning', 'maintenance', 'stock', 'quality', 'portal', 'api'] as const;

/**
 * How strongly a firm wants each module, 0 to 1. Planted: stocks go with maintenance, quality with industry and health, the API
 * with tech firms, the portal with those who deliver.
 */
export function moduleAppetite(industry: string, owned: ReadonlySet<string>): Record<(typeof moduleKeys)[number], number> {
	const is = (...names: string[]): boolean => names.includes(industry);
	return {
		planning: is('manufacturing', 'construction', 'logistics') ? 0.65 : 0.4,
		maintenance: is('manufacturing', 'logistics', 'health') ? 0.6 : 0.25,
		stock: owned.has('maintenance') ? 0.7 : 0.2,
		quality: is('manufacturing', 'health') ? 0.55 : 0.12,
		portal: is('logistics', 'retail', 'services') ? 0.45 : 0.15,
		api: is('tech') ? 0.7 : owned.size >= 4 ? 0.35 : 0.12,
	};
}

/** The first purchase of a firm: the base product, modules that suit it, set-up in proportion. */
export function firstBasket(random: Random, company: Company, wanted: string | null): BasketLine[] {
	const users = usersOf(random, company.org.size);
	const owned = new Set(['pilotage']);
	if (wanted && wanted !== 'pilotage' && product(wanted).kind === 'subscription') owned.add(wanted);
	const appetite = moduleAppetite(company.org.industry, owned);
	for (const key of moduleKeys) if (random.chance(Math.min(0.95, appetite[key] * 1.15))) owned.add(key);
	const lines: BasketLine[] = [...owned].map((key) => ({ product: product(key), quantity: users }));
	lines.push({ product: product('audit'), quantity: 1 }, { product: product('integration'), quantity: Math.max(1, Math.round(users / 7)) });
	if (random.chance(0.8)) lines.push({ product: product('training'), quantity: Math.max(1, Math.round(users / 9)) });
	if (random.chance(0.4)) lines.push({ product: product('tablet'), quantity: Math.max(1, Math.round(users / 4)) });
	if (owned.has('stock') && random.chance(0.7)) lines.push({ product: product('scanner'), quantity: Math.max(1, Math.round(users / 6)) });
	if (owned.has('maintenance') && random.chance(0.35))
		lines.push({ product: product('gateway'), quantity: 1 }, { product: product('sensor'), quantity: random.int(3, 18) });
	return lines;
}

/** What a client may add: one or two modules that it lacks, most wanted first, or services when it has them all. */
export function upsellBasket(random: Random, company: Company, owned: ReadonlySet<string>, users: number): BasketLine[] {
	const appetite = moduleAppetite(company.org.industry, owned);
	const missing = moduleKeys.filter((key) => !owned.has(key)).map((key) => ({ key, wish: appetite[key] * (0.6 + 0.8 * random.next()) }));
	missing.sort((a, b) => b.wish - a.wish);
	const lines: BasketLine[] = missing.slice(0, random.chance(0.35) ? 2 : 1).map(({ key }) => ({ product: product(key), quantity: users }));
	if (lines.length === 0 || random.chance(0.45)) lines.push({ product: product(random.pick(['training', 'assistance'])), quantity: random.int(1, 3) });
	return lines;
}
