import { storedDay } from '../../../platform/columns.ts';
import type { Computing, Figure } from '../types.ts';
import { ask, boundsOf, lastDay, numberOf, textOf } from './ask.ts';

/** A campaign and what came of it by the end of the period; cents. `squares`: of the won amounts, for the interval (rules/roi.ts). */
export type CampaignResult = {
	id: string;
	name: string;
	channel: string;
	status: string;
	cost: number;
	leads: number;
	won: number;
	open: number;
	revenue: number;
	squares: number;
};
export type ChannelResult = Omit<CampaignResult, 'id' | 'name' | 'status'> & { campaigns: number };
export type Campaigns = { total: Omit<ChannelResult, 'channel'>; channels: ChannelResult[]; campaigns: CampaignResult[] };

/** Campaigns that began in the last two years: older ones say little of the next. */
const days = 730;
/** Of so many, by their cost, each is told by its name; the others count in their channel. */
const most = 40;

/**
 * A deal is put down to its own campaign, else to that of the lead that it came from; renewals to none. Won by the day of signature. The cost is the
 * one noted on the campaign.
 */
const sql = `
	with chosen as (
		select id, name, channel, status, starts_on, coalesce(cost_cents, 0) as cost from campaigns
		where status <> 'draft' and starts_on >= :since and starts_on < :next
	), deals as (
		select coalesce(o.campaign, l.campaign) as campaign,
			case when s.is_won and o.closed_at < :after then coalesce(o.amount_cents, 0) end as won,
			case when o.closed_at is null or o.closed_at >= :after then 1 else 0 end as open
		from opportunities o
		join stages s on s.id = o.stage
		left join leads l on l.id = o.lead
		where o.kind <> 'renewal' and o.date_created < :after and coalesce(o.campaign, l.campaign) in (select id from chosen)
	), sold as (
		select campaign, count(won) as won, sum(open) as open, coalesce(sum(won), 0) as revenue, coalesce(sum(1.0 * won * won), 0) as squares from deals group by campaign
	), called as (
		select campaign, count(*) as n from leads
		where campaign in (select id from chosen) and date_created < :after and merged_into is null group by campaign
	)
	select c.*, coalesce(l.n, 0) as leads, coalesce(d.won, 0) as won, coalesce(d.open, 0) as open, coalesce(d.revenue, 0) as revenue, coalesce(d.squares, 0) as squares
	from chosen c left join called l on l.campaign = c.id left join sold d on d.campaign = c.id
	order by c.cost desc, c.name, c.id`;

const counted = ['cost', 'leads', 'won', 'open', 'revenue', 'squares'] as const;
const nothing = (): Omit<ChannelResult, 'channel'> => ({ campaigns: 0, cost: 0, leads: 0, won: 0, open: 0, revenue: 0, squares: 0 });

function addTo(sum: Omit<ChannelResult, 'channel'>, one: CampaignResult): void {
	sum.campaigns++;
	for (const name of counted) sum[name] += one[name];
}

/** What campaigns cost and brought in: (revenue − cost) ÷ cost, all of them, by channel and one by one. */
export async function readCampaigns(computing: Computing): Promise<Figure[]> {
	const { next, after } = boundsOf(computing);
	const rows = await ask(computing.trx, sql, { since: storedDay(lastDay(computing) - days), next, after });
	const campaigns = rows.map((row): CampaignResult => ({
		id: String(row['id']),
		name: String(row['name']),
		channel: textOf(row, 'channel') ?? 'other',
		status: String(row['status']),
		...(Object.fromEntries(counted.map((name) => [name, numberOf(row, name)])) as Record<(typeof counted)[number], number>),
	}));
	const total = nothing();
	const channels = new Map<string, ChannelResult>();
	for (const one of campaigns) {
		const channel = channels.get(one.channel) ?? { channel: one.channel, ...nothing() };
		channels.set(one.channel, channel);
		addTo(channel, one);
		addTo(total, one);
	}
	const details: Campaigns = { total, channels: [...channels.values()].toSorted((one, two) => two.cost - one.cost), campaigns: campaigns.slice(0, most) };
	return [{ scope: 'company', key: 'company', numerator: total.revenue - total.cost, denominator: total.cost, cases: total.won, details }];
}
