import type { Calendar } from './calendar.ts';
import { officeMoment, plusDays, seasonOf } from './calendar.ts';
import { mark } from './copies.ts';
import type { Client } from './clients.ts';
import { troubleOf } from './clients.ts';
import { demoId } from './ids.ts';
import { randomOf } from './random.ts';
import type { Row } from './rows.ts';

/** About how many events there are in all; the rate of each week is scaled to it. */
export const usageTarget = 20_000;

/** What people do in each module. */
const actions: Record<string, string[]> = {
	pilotage: ['session', 'session', 'session', 'work_order_closed', 'work_order_closed', 'dashboard_viewed', 'report_exported'],
	planning: ['planning_published', 'planning_changed'],
	maintenance: ['intervention_closed', 'machine_inspected'],
	stock: ['stock_counted', 'order_placed'],
	quality: ['check_recorded', 'nonconformity_opened'],
	portal: ['portal_visit'],
	api: ['api_calls'],
	classic: ['session'],
};

/** Days. */
const week = 7;

type Week = { client: Client; at: Date; rate: number };

/**
 * How much a client uses the product in a week: its zeal, its number of modules, the season, half as much in the first month.
 * Planted: in a crisis usage falls to a fifth; at one client in ten it does not (nobody sees it coming).
 */
function weeksOf(client: Client, calendar: Calendar): Week[] {
	const weeks: Week[] = [];
	const from = client.since > calendar.start ? client.since : calendar.start;
	for (let at = from; at < calendar.end; at = plusDays(at, week)) {
		const modules = runningAt(client, at);
		const start = plusDays(client.since, 30) > at ? 0.5 : 1;
		const blind = client.company.payingHabit % 10 === 0;
		const rate =
			modules.length === 0
				? 0
				: client.zeal * (0.7 + 0.3 * modules.length) * Math.max(0.4, seasonOf(at)) * start * (1 - (blind ? 0 : 0.8) * troubleOf(client, at));
		weeks.push({ client, at, rate });
	}
	return weeks;
}

const runningAt = (client: Client, at: Date): Client['subscriptions'] =>
	client.subscriptions.filter(({ startedOn, endsOn }) => startedOn <= at && (!endsOn || endsOn > at));

/** Events as the product would have sent them, oldest first; the actor is opaque. */
export function usageRows(calendar: Calendar, clients: readonly Client[]): Row[] {
	const random = randomOf('usage');
	const weeks = clients.flatMap((client) => weeksOf(client, calendar));
	const scale = usageTarget / weeks.reduce((sum, { rate }) => sum + rate, 0);
	const rows: Row[] = [];
	for (const { client, at, rate } of weeks) {
		const running = runningAt(client, at);
		for (let events = random.count(rate * scale); events > 0; events--) {
			const moment = officeMoment(random, plusDays(at, random.int(0, 6)));
			const subscription = random.pick(running);
			if (moment > calendar.end) continue;
			const name = random.pick(actions[subscription.product.key] ?? ['session']);
			const index = rows.length;
			rows.push({
				id: demoId('usage_events', index),
				event_id: `demo-${index}${mark('-')}`,
				company: client.company.id,
				subscription: subscription.id,
				name,
				quantity:
					1000 *
					(name === 'api_calls'
						? random.int(20, 900)
						: name === 'session'
							? random.int(1, Math.max(2, Math.round(subscription.users / 3)))
							: random.int(1, 12)),
				at: moment.toISOString(),
				actor: `u-${demoId('actor', `${client.company.key} ${random.int(1, Math.max(1, subscription.users))}`).slice(-8)}`,
				date_created: moment.toISOString(),
			});
		}
	}
	return rows;
}
