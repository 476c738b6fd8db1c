import { frenchDate, fromParis, isoOf } from '../../platform/time/paris.ts';
import { closeAlerts } from '../../platform/alerts.ts';
import { dayNumberOrNull, storedDay } from '../../platform/columns.ts';
import { chunks, orchestreUserId, type Knex } from '../../platform/directus.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { writeTrail } from '../../platform/trail.ts';
import { closeStale } from './contracts.ts';
import { cancelTasks } from './follow.ts';
import { noticeDayOf } from './rules/notice.ts';
import { keyOf, type Piece } from './rules/renewal.ts';
import { rolledTo, subscriptionMonths } from './rules/roll.ts';

type Row = Record<string, unknown> & { id: string; company: string };
type Rolled = Pick<Piece, 'collection' | 'id' | 'company' | 'day'> & { next: number; change: Record<string, number | null> };

/** Running subscriptions that renew by themselves, whose date has passed without a withdrawal; of clients who have not left. */
async function passedSubscriptions(trx: Knex, today: number): Promise<Rolled[]> {
	const rows = (await trx('subscriptions as s')
		.join('companies as c', 'c.id', 's.company')
		.whereIn('s.status', ['active', 'paused'])
		.where('s.auto_renew', true)
		.whereNull('s.cancelled_on')
		.whereNull('s.ends_on')
		.whereNot('c.lifecycle', 'churned')
		.where((either) => void either.where('s.renewal_on', '<', storedDay(today)).orWhere((other) => void other.whereNull('s.renewal_on').where('s.committed_until', '<', storedDay(today))))
		.orderBy('s.id')
		.select('s.id', 's.company', 's.renewal_on', 's.committed_until')) as Row[];
	return rows.flatMap((row): Rolled[] => {
		const day = dayNumberOrNull(row['renewal_on'] ?? row['committed_until']);
		const next = day === null ? null : rolledTo(day, subscriptionMonths, today);
		return day === null || next === null ? [] : [{ collection: 'subscriptions', id: row.id, company: row.company, day, next, change: { renewal_on: next } }];
	});
} // prettier-ignore

/** Signed contracts, of clients and suppliers alike, that have been renewed by silence and say for how long. */
async function passedContracts(trx: Knex, today: number): Promise<Rolled[]> {
	const rows = (await trx('contracts as k')
		.join('companies as c', 'c.id', 'k.company')
		.where({ 'k.status': 'signed', 'k.renewal': 'tacit' })
		.where('k.renewal_months', '>', 0)
		.where('k.ends_on', '<', storedDay(today))
		.whereNull('k.terminated_on')
		.whereNot('c.lifecycle', 'churned')
		.where((either) => void either.whereNull('k.archived').orWhere('k.archived', false))
		.orderBy('k.id')
		.select('k.id', 'k.company', 'k.ends_on', 'k.renewal_months', 'k.notice_days')) as Row[];
	return rows.flatMap((row): Rolled[] => {
		const day = dayNumberOrNull(row['ends_on']);
		const next = day === null ? null : rolledTo(day, Number(row['renewal_months']), today);
		if (day === null || next === null) return [];
		const notice = noticeDayOf({ status: 'signed', renewal: 'tacit', endsDay: next, noticeDays: Number(row['notice_days'] ?? 0) });
		return [{ collection: 'contracts', id: row.id, company: row.company, day, next, change: { ends_on: next, notice_on: notice } }];
	});
}

const values = <T>(change: Rolled['change'], as: (day: number) => T): Record<string, T | null> =>
	Object.fromEntries(Object.entries(change).map(([field, day]) => [field, day === null ? null : as(day)]));

/**
 * Renews in the record what has renewed by silence: the date of a subscription, the end and notice of a contract, to the next one. What
 * was open about the passed term ends. One statement for all rows that go to the same dates; nothing where nothing has passed.
 */
export async function rollTacit(trx: Knex, today: number): Promise<number> {
	const rolled = [...(await passedSubscriptions(trx, today)), ...(await passedContracts(trx, today))];
	for (const list of Map.groupBy(rolled, ({ collection, change }) => collection + JSON.stringify(change)).values()) {
		const [{ collection, change, next }] = list as [Rolled, ...Rolled[]];
		for (const part of chunks(list, 500))
			await trx(collection).whereIn('id', part.map(({ id }) => id)).update({ ...values(change, storedDay), user_updated: orchestreUserId, date_updated: clockNow() });
		await writeTrail(trx, { user: orchestreUserId }, list.map(({ id }) => ({ action: 'update', collection, item: id, data: values(change, isoOf) })));
		const outcome = `L’échéance a passé sans dénonciation : reconduit tacitement jusqu’au ${frenchDate(fromParis(next, 43_200_000))}.`;
		const keys = [...new Set(list.map(keyOf))];
		await closeAlerts(trx, ['renewal'], 'dedupe_key', keys, outcome);
		await cancelTasks(trx, keys, outcome);
	}
	const contracts = rolled.flatMap(({ collection, id }) => (collection === 'contracts' ? [id] : []));
	for (const part of chunks(contracts, 500))
		await closeStale(trx, (await trx('contracts').whereIn('id', part).orderBy('id').select('id', 'status', 'renewal', 'ends_on', 'notice_days', 'archived')) as Row[]);
	return rolled.length;
} // prettier-ignore
