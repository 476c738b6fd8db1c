import { dayMs, toParis } from '../../platform/time/paris.ts';
import type { Knex } from '../../platform/directus.ts';
import { dayNumberOrNull } from '../../platform/columns.ts';
import { readConcerns } from './concerns.ts';
import { readHeld } from './holdings.ts';
import { blocksOf } from './rules/blocks.ts';
import type { Client, Subscription } from './rules/types.ts';
import { planOf, usageOfPlans } from './usage-facts.ts';

type Row = Record<string, unknown> & { id: string; company: string };

/** Clients that are being sold to: not put away, not merged into another. */
export const clientsOf = (trx: Knex): Knex.QueryBuilder =>
	trx('companies')
		.where({ is_client: true })
		.whereNull('merged_into')
		.where((either) => void either.whereNull('archived').orWhere('archived', false));

async function readSubscriptions(trx: Knex, ids: readonly string[], today: number): Promise<Map<string, Subscription[]>> {
	const rows = (await trx('subscriptions')
		.whereIn('company', [...ids])
		.whereIn('status', ['trial', 'active', 'paused'])
		.orderBy('id')
		.select('id', 'company', 'name', 'mrr_cents', 'period', 'started_on', 'renewal_on', 'committed_until', 'usage_limit', 'usage_unit', 'usage_measure', 'usage_event')) as Row[]; // prettier-ignore
	const running = trx('subscriptions').whereIn('company', [...ids]).whereIn('status', ['trial', 'active', 'paused']).select('id'); // prettier-ignore
	const lines = (await trx('line_items')
		.whereIn('subscription', running)
		.whereNotNull('product')
		.orderBy([{ column: 'subscription' }, { column: 'sort' }, { column: 'id' }])
		.select('subscription', 'product', 'quantity', 'unit')) as { subscription: string; product: string; quantity: number; unit: string }[];
	const lineOf = new Map(lines.toReversed().map((line) => [line.subscription, line]));
	const plans = rows.flatMap(planOf);
	const usages = await usageOfPlans(trx, plans, today);
	const found = rows.map((row) => {
		const line = lineOf.get(row.id);
		return {
			company: row.company,
			id: row.id,
			name: String(row['name']),
			product: line?.product ?? null,
			quantity: line ? Number(line.quantity) : null,
			unit: line?.unit ?? null,
			mrrCents: Number(row['mrr_cents'] ?? 0),
			renewalDay: dayNumberOrNull(row['renewal_on'] ?? row['committed_until']),
			usage: usages.get(row.id) ?? null,
		};
	});
	return Map.groupBy(found, ({ company }) => company);
}

const productsBy = (rows: readonly { company: string; product: string }[]): Map<string, Set<string>> =>
	new Map([...Map.groupBy(rows, ({ company }) => company)].map(([company, list]) => [company, new Set(list.map(({ product }) => product))]));

/** Products of open deals, and those that were lost too short a time ago, by company. */
async function readDealProducts(trx: Knex, ids: readonly string[], now: Date, refusalDays: number): Promise<{ open: Map<string, Set<string>>; lost: Map<string, Set<string>> }> {
	const lines = (): Knex.QueryBuilder => trx('line_items as l').join('opportunities as o', 'o.id', 'l.opportunity').whereIn('o.company', [...ids]).whereNotNull('l.product').distinct('o.company', 'l.product'); // prettier-ignore
	const open = await lines().whereNull('o.closed_at');
	const lost = await lines()
		.join('stages as s', 's.id', 'o.stage')
		.where('s.is_lost', true)
		.where('o.kind', 'upsell')
		.where('o.closed_at', '>=', new Date(now.getTime() - refusalDays * dayMs));
	return { open: productsBy(open), lost: productsBy(lost) };
} // prettier-ignore

/**
 * What the rules need of these clients, each kind of fact in one read for all of them. `refused`: products by client that somebody has
 * refused too short a time ago. Companies that are no clients are left out.
 */
export async function readClients(
	trx: Knex,
	ids: readonly string[],
	{ now, refusalDays, refused }: { now: Date; refusalDays: number; refused: ReadonlyMap<string, ReadonlySet<string>> },
): Promise<Client[]> {
	const today = toParis(now).day;
	const rows = (await clientsOf(trx).whereIn('id', [...ids]).orderBy('id').select('id', 'name', 'owner', 'team', 'industry', 'size_band', 'lifecycle', 'health_score', 'health_band')) as (Row & { name: string })[]; // prettier-ignore
	const clients = rows.map(({ id }) => id);
	if (clients.length === 0) return [];
	const concerns = await readConcerns(trx, clients, today, now);
	const held = await readHeld(trx, clients);
	const subscriptions = await readSubscriptions(trx, clients, today);
	const deals = await readDealProducts(trx, clients, now, refusalDays);
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		owner: row['owner'] as string | null,
		team: row['team'] as string | null,
		industry: row['industry'] as string | null,
		size: row['size_band'] as string | null,
		blocks: blocksOf({
			isLeaving: false,
			ticket: null,
			tickets: 0,
			invoice: null,
			overdueCents: 0,
			cancelled: null,
			...concerns.get(row.id),
			lifecycle: String(row['lifecycle']),
			band: row['health_band'] as string | null,
			score: row['health_score'] === null ? null : Number(row['health_score']),
		}),
		held: new Set(held.get(row.id)),
		inDeals: deals.open.get(row.id) ?? new Set(),
		refused: new Set([...(refused.get(row.id) ?? []), ...(deals.lost.get(row.id) ?? [])]),
		subscriptions: subscriptions.get(row.id) ?? [],
	}));
}
