import { firstBasket } from './baskets.ts';
import type { Calendar } from './calendar.ts';
import { businessDay, officeMoment, plusDays } from './calendar.ts';
import type { Company } from './companies.ts';
import { playDeal } from './opportunities.ts';
import type { Deal } from './opportunities.ts';
import { randomOf } from './random.ts';
import { salespeople } from './team.ts';

/** Deals that no lead stands behind: firms that the salespeople went to see by themselves. */
export function tellDirectDeals(calendar: Calendar, companies: readonly Company[]): Deal[] {
	const random = randomOf('direct deals');
	return companies
		.filter(({ key }) => key.startsWith('prospect-'))
		.flatMap((company): Deal[] => {
			const created = officeMoment(random, businessDay(random, plusDays(company.created, 5), plusDays(company.created, 120)));
			const owner = salespeople.find(({ id }) => id === company.owner?.id);
			if (created > calendar.end || !owner) return [];
			const deal = playDeal(
				random,
				{
					key: company.key,
					kind: 'new',
					company,
					owner,
					created,
					lines: firstBasket(random, company, null),
					contacts: company.contacts,
					leadId: null,
					source: 'outbound',
					campaignId: null,
					resellerId: null,
					subscription: null,
					name: `${company.org.name} – Solenval Pilotage`,
				},
				calendar,
			);
			if (deal.outcome === 'won') company.clientSince = deal.closedAt;
			return [deal];
		});
}
