import type { Knex } from '../../platform/directus.ts';
import { livingClients } from './clients.ts';
import type { Days } from './facts.ts';
import { beforeDays, recentDays, seasonOf } from './rules/usage.ts';

/**
 * How much the clients together use the product now against before, into `settings.client_health_season`. Only those count who were there
 * on both ends of the stretch: newcomers would look like a good season, and leavers like a bad one. Answers whether it changed.
 */
export async function measureSeason(knex: Knex, { start }: Days): Promise<boolean> {
	const [from, middle, until] = [start(recentDays + beforeDays), start(recentDays), start(0)];
	const each = knex('usage_events')
		.where('at', '>=', from)
		.where('at', '<', until)
		.whereIn(
			'company',
			knex('companies')
				.where((living) => livingClients(living, 'companies'))
				.select('id'),
		)
		.groupBy('company')
		.select(
			knex.raw('count(*) filter (where at >= ?) as recent', [middle]),
			knex.raw('count(*) filter (where at < ?) as earlier', [middle]),
			knex.raw('count(*) filter (where at < ?) as beginning', [start(beforeDays)]),
		);
	const [row] = (await knex
		.from(each.as('e'))
		.where('recent', '>', 0)
		.where('beginning', '>', 0)
		.select(knex.raw('count(*) as clients, sum(recent) as recent, sum(earlier) as earlier'))) as Record<string, number | string | null>[];
	const season = seasonOf({ clients: Number(row?.['clients'] ?? 0), recent: Number(row?.['recent'] ?? 0), before: Number(row?.['earlier'] ?? 0) });
	const rate = Math.round(season * 10_000);
	const changed = await knex('settings').whereNot({ client_health_season: rate }).update({ client_health_season: rate });
	return changed > 0;
}
