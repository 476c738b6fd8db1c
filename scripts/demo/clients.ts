import { firstBasket, upsellBasket, usersOf } from './baskets.ts';
import type { BasketLine } from './baskets.ts';
import type { Calendar } from './calendar.ts';
import { businessDay, daysBetween, historyDays, officeMoment, plusDays, plusMonths } from './calendar.ts';
import type { Company } from './companies.ts';
import { playDeal } from './opportunities.ts';
import type { Deal } from './opportunities.ts';
import { clamp, randomOf } from './random.ts';
import type { Random } from './random.ts';
import { beginSubscription } from './subscriptions.ts';
import type { Subscription } from './subscriptions.ts';
import { salespeople } from './team.ts';

/**
 * A bad time of a client, which ends on `at`. In the 90 days before, usage falls, tickets burn, invoices are paid late and
 * answers to surveys are poor (planted). It ends in leaving altogether, in giving up some modules, or in nothing.
 */
export type Crisis = { at: Date; end: 'leaves' | 'reduces' | 'recovers' };

export type Client = {
	company: Company;
	since: Date;
	/** Users equipped; grows or shrinks with the seasons of the account. */
	users: number;
	crisis: Crisis | null;
	subscriptions: Subscription[];
	deals: Deal[];
	/** How eagerly the client uses the product when all is well, around 1. */
	zeal: number;
	leftOn: Date | null;
};

/** Days over which a crisis shows before it ends. */
export const crisisDays = 90;

/** How deep in trouble a client is on a date: 0 for not at all, up to 1 when the crisis comes to its end. */
export function troubleOf({ crisis }: Client, at: Date): number {
	if (!crisis) return 0;
	const left = daysBetween(at, crisis.at);
	if (left > crisisDays || left < 0) return 0;
	return clamp(1.15 - left / crisisDays, 0, 1);
}

function crisisOf(random: Random, company: Company, since: Date, calendar: Calendar): Crisis | null {
	const small = company.org.size === '1-9' ? 1.6 : company.org.size === '10-49' ? 1.1 : 0.7;
	if (!random.chance(clamp(0.53 * small, 0, 0.8))) return null;
	const earliest = Math.max(plusDays(since, 150).getTime(), calendar.at(-historyDays + crisisDays + 10).getTime());
	// Some are under way: they show today and end in the weeks to come.
	const at = new Date(earliest + random.next() * Math.max(0, calendar.at(55).getTime() - earliest));
	if (at < plusDays(since, 150)) return null;
	return { at: officeMoment(random, at), end: random.weighted({ leaves: 6.5, reduces: 2, recovers: 1.5 }) };
}

/** Every client with its subscriptions, later purchases, renewals and departures, up to today. */
export function tellClients(calendar: Calendar, companies: readonly Company[], firstDeals: readonly Deal[]): Client[] {
	const clients: Client[] = [];
	for (const company of companies) {
		if (!company.clientSince || company.clientSince > calendar.end || company.kind !== 'account') continue;
		const random = randomOf(`client ${company.key}`);
		const since = company.clientSince;
		const won = firstDeals.find((deal) => deal.company === company && deal.outcome === 'won' && deal.closedAt?.getTime() === since.getTime()) ?? null;
		const lines = won?.lines ?? firstBasket(random, company, null);
		const users = lines.find(({ product }) => product.kind === 'subscription')?.quantity ?? usersOf(random, company.org.size);
		const client: Client = {
			company,
			since,
			users,
			crisis: crisisOf(random, company, since, calendar),
			subscriptions: [],
			deals: won ? [won] : [],
			zeal: Math.exp(random.normal(0, 0.25)),
			leftOn: null,
		};
		buy(client, lines, plusDays(since, random.int(5, 25)), won, calendar);
		for (const deal of firstDeals)
			if (deal.company === company && deal !== won && deal.outcome === 'won' && deal.closedAt && deal.closedAt > since)
				buy(client, deal.lines, plusDays(deal.closedAt, 10), deal, calendar);
		liveOn(random, client, calendar);
		clients.push(client);
	}
	return clients;
}

const ownedAt = ({ subscriptions }: Client, at: Date): Set<string> =>
	new Set(subscriptions.filter(({ startedOn, endsOn }) => startedOn <= at && (!endsOn || endsOn > at)).map(({ product }) => product.key));

function buy(client: Client, lines: readonly BasketLine[], at: Date, deal: Deal | null, calendar: Calendar): void {
	const owned = ownedAt(client, at);
	for (const { product, quantity } of lines) {
		if (product.kind !== 'subscription' || owned.has(product.key) || at > calendar.end) continue;
		client.subscriptions.push(beginSubscription(client.company, product, quantity, at, deal));
	}
}

/** Goes through the client's life day by day: further purchases, renewals, the crisis. Who has left buys nothing more. */
function liveOn(random: Random, client: Client, calendar: Calendar): void {
	const { company, since, crisis } = client;
	const from = since > calendar.start ? since : calendar.start;
	const moments: { at: Date; live: () => void }[] = [];
	for (let wishes = random.count((daysBetween(from, calendar.end) / 365) * 1.15 * client.zeal); wishes > 0; wishes--) {
		const at = officeMoment(random, businessDay(random, plusDays(from, 60), calendar.end));
		if (at > from && at <= calendar.end && troubleOf(client, at) === 0) moments.push({ at, live: () => upsell(random, client, at, calendar) });
	}
	for (let year = 1; ; year++) {
		const anniversary = plusMonths(since, 12 * year);
		const opened = officeMoment(random, plusDays(anniversary, -75));
		if (opened > calendar.end) break;
		if (opened > calendar.start) moments.push({ at: opened, live: () => renew(random, client, year, opened, anniversary, calendar) });
	}
	if (crisis && crisis.at <= calendar.end && crisis.end !== 'recovers')
		moments.push({ at: crisis.at, live: () => endCrisis(random, client, crisis, calendar) });
	for (const { at, live } of moments.toSorted((a, b) => a.at.getTime() - b.at.getTime())) if (active(client, at).length > 0) live();
	// A module that turned out not to be needed: goes without any sign.
	for (const subscription of client.subscriptions)
		if (subscription.product.key !== 'pilotage' && random.chance(0.035))
			subscription.cancel(random, businessDay(random, plusDays(subscription.startedOn, 100), plusDays(calendar.end, 60)), 'end_of_need', calendar);
	if (client.subscriptions.length > 0 && active(client, calendar.end).length === 0)
		client.leftOn = client.subscriptions.map(({ endsOn }) => endsOn ?? calendar.today).reduce((last, at) => (at > last ? at : last));
	company.churnedOn = client.leftOn && client.leftOn <= calendar.today ? client.leftOn : null;
	company.atRisk = !company.churnedOn && (troubleOf(client, calendar.end) > 0.3 || client.leftOn !== null);
}

/** Subscriptions that nobody has cancelled by this moment; those about to begin count, too. */
const active = ({ subscriptions }: Client, at: Date): Subscription[] => subscriptions.filter(({ cancelledOn }) => !cancelledOn || cancelledOn > at);

function endCrisis(random: Random, client: Client, { at, end }: Crisis, calendar: Calendar): void {
	const leaves = end === 'leaves';
	for (const subscription of client.subscriptions) {
		if (leaves || random.chance(0.45))
			subscription.cancel(
				random,
				at,
				leaves ? random.pick(['quality', 'support', 'low_usage', 'competitor', 'price']) : random.pick(['low_usage', 'budget_cut']),
				calendar,
			);
	}
}

const sellerOf = (random: Random, { company }: Client, at: Date, calendar: Calendar): (typeof salespeople)[number] => {
	const owner = salespeople.find(({ id, hired }) => id === company.owner?.id && calendar.at(-hired) <= at);
	return owner ?? random.pick(salespeople.filter(({ hired }) => calendar.at(-hired) <= at));
};

function upsell(random: Random, client: Client, at: Date, calendar: Calendar): void {
	const { company } = client;
	const lines = upsellBasket(random, company, ownedAt(client, at), client.users);
	const deal = playDeal(
		random,
		{
			key: `upsell-${company.key}-${client.deals.length}`,
			kind: 'upsell',
			company,
			owner: sellerOf(random, client, at, calendar),
			created: at,
			lines,
			contacts: known(random, company, at),
			leadId: null,
			source: company.source,
			campaignId: null,
			resellerId: null,
			subscription: null,
			name: `${company.org.name} – ${lines[0]?.product.name ?? 'complément'}`,
		},
		calendar,
	);
	client.deals.push(deal);
	if (deal.outcome === 'won' && deal.closedAt) buy(client, lines, plusDays(deal.closedAt, random.int(5, 20)), deal, calendar);
}

const known = (random: Random, company: Company, at: Date): Company['contacts'] => {
	const there = company.contacts.filter(({ since }) => since <= at);
	return random.shuffled(there.length > 0 ? there : company.contacts);
};

/** A renewal that is lost, or a crisis just before it, ends the subscriptions. */
function renew(random: Random, client: Client, year: number, opened: Date, anniversary: Date, calendar: Calendar): void {
	const { company, crisis } = client;
	const due = active(client, opened).filter(({ startedOn }) => startedOn < plusDays(anniversary, -90));
	const [main] = due;
	if (!main) return;
	const leaving = crisis?.end === 'leaves' && crisis.at > opened && crisis.at < plusDays(anniversary, 30);
	const deal = playDeal(
		random,
		{
			key: `renewal-${company.key}-${year}`,
			kind: 'renewal',
			company,
			owner: sellerOf(random, client, opened, calendar),
			created: opened,
			lines: due.map(({ product, users }) => ({ product, quantity: users })),
			contacts: known(random, company, opened),
			leadId: null,
			source: company.source,
			campaignId: null,
			resellerId: null,
			subscription: main.id,
			name: `${company.org.name} – renouvellement ${anniversary.getUTCFullYear()}`,
		},
		calendar,
		leaving ? 'lost' : null,
	);
	client.deals.push(deal);
	const { outcome, closedAt } = deal;
	if (outcome === 'won')
		for (const subscription of due)
			subscription.renew(
				anniversary,
				random.chance(0.3) ? Math.max(1, Math.round(subscription.users * random.normal(1.12, 0.12))) : subscription.users,
				calendar,
			);
	if (outcome === 'lost' && closedAt && !leaving)
		for (const subscription of active(client, closedAt))
			subscription.cancel(
				random,
				closedAt,
				deal.lostReason === 'competitor' ? 'competitor' : random.pick(['price', 'budget_cut', 'internal_solution']),
				calendar,
			);
}
