import type { Knex } from '../../platform/directus.ts';
import { toDate } from '../../platform/directus.ts';
import { dayNumberOrNull, storedDay } from '../../platform/columns.ts';
import type { Concerns } from './rules/blocks.ts';

/** Days that a withdrawal weighs. */
const withdrawalDays = 90;

type Found = Partial<Omit<Concerns, 'lifecycle' | 'score' | 'band'>>;
type Row = Record<string, unknown> & { company: string };

const urgency = (row: Row): number => (row['priority'] === 'urgent' ? 0 : row['priority'] === 'high' ? 1 : 2);

/** Clients in an open churn episode, held out or not, and those above the threshold that the night opens one at. */
async function readLeaving(trx: Knex, ids: readonly string[]): Promise<string[]> {
	const settings = (await trx('settings').first('retention_from')) as { retention_from: number } | undefined;
	const episodes = trx('insights as i').select(trx.raw('1')).whereRaw('i.company = c.id').where({ 'i.kind': 'churn' }).whereNull('i.episode_ended_at');
	return (await trx('companies as c')
		.whereIn('c.id', [...ids])
		.where((either) => void either.where('c.churn_risk', '>', Number(settings?.retention_from ?? 100)).orWhereExists(episodes))
		.pluck('c.id')) as string[];
}

/** What stands against selling to these clients, by company: one read each of tickets, invoices, subscriptions and churn. */
export async function readConcerns(trx: Knex, ids: readonly string[], today: number, now: Date): Promise<Map<string, Found>> {
	const found = new Map<string, Found>();
	const of = (company: string): Found => {
		const known = found.get(company) ?? {};
		found.set(company, known);
		return known;
	};
	const tickets = (await trx('tickets')
		.whereIn('company', [...ids])
		.whereNotIn('status', ['resolved', 'closed'])
		.where((either) => void either.whereIn('priority', ['high', 'urgent']).orWhere('sla_due_at', '<', now))
		.orderBy('id')
		.select('id', 'company', 'subject', 'priority', 'sla_due_at')) as (Row & { id: string; subject: string; priority: string })[];
	for (const [company, list] of Map.groupBy(tickets, (row) => row.company)) {
		const [worst] = list.toSorted((a, b) => urgency(a) - urgency(b));
		if (!worst) continue;
		const due = worst['sla_due_at'];
		const isLate = due !== null && due !== undefined && toDate(due as Date) < now;
		Object.assign(of(company), { ticket: { id: worst.id, subject: worst.subject, priority: worst.priority, isLate }, tickets: list.length });
	}
	const invoices = (await trx('invoices')
		.whereIn('company', [...ids])
		.where({ direction: 'sale' })
		.whereNot({ type: 'credit_note' })
		.whereIn('status', ['issued', 'sent', 'partly_paid', 'disputed'])
		.where('remaining_cents', '>', 0)
		.where('due_date', '<', storedDay(today))
		.orderBy([{ column: 'due_date' }, { column: 'id' }])
		.select('id', 'company', 'number', 'due_date', 'remaining_cents')) as (Row & { id: string; number: string | null; remaining_cents: number })[];
	for (const [company, list] of Map.groupBy(invoices, (row) => row.company)) {
		const [oldest] = list;
		const dueDay = dayNumberOrNull(oldest?.['due_date']);
		if (!oldest || dueDay === null) continue;
		const overdueCents = list.reduce((sum, { remaining_cents }) => sum + Number(remaining_cents), 0);
		Object.assign(of(company), { invoice: { id: oldest.id, number: oldest.number, dueDay }, overdueCents });
	}
	const cancelled = (await trx('subscriptions')
		.whereIn('company', [...ids])
		.where((either) => void either.where('status', 'cancelled').orWhere('cancelled_on', '>=', storedDay(today - withdrawalDays)))
		.whereIn('status', ['cancelled', 'ended'])
		.orderBy([{ column: 'cancelled_on', order: 'desc' }, { column: 'id' }])
		.select('id', 'company', 'name', 'cancelled_on')) as (Row & { id: string; name: string })[];
	for (const [company, [last]] of Map.groupBy(cancelled, (row) => row.company))
		if (last) of(company).cancelled = { id: last.id, name: last.name, day: dayNumberOrNull(last['cancelled_on']) };
	for (const company of await readLeaving(trx, ids)) of(company).isLeaving = true;
	return found;
}
